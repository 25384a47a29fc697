package io.reliablemessage.adminapi.overview;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A period that ends now. */
public enum Window {
    LAST_HOUR("PT1H"),
    LAST_6_HOURS("PT6H"),
    LAST_24_HOURS("PT24H"),
    LAST_7_DAYS("P7D");

    private final String iso;

    Window(String iso) {
        this.iso = iso;
    }

    public static Optional<Window> of(String iso) {
        return Arrays.stream(values()).filter(window -> window.iso.equals(iso)).findFirst();
    }

    public Duration duration() {
        return Duration.parse(iso);
    }

    /** The ISO 8601 duration, as in JSON and in queries. */
    @Override
    @JsonValue
    public String toString() {
        return iso;
    }
}
