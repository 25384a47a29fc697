package io.reliablemessage.adminui.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads spans of time as people write them, {@code 30s}, {@code 6h} or {@code 2d}, and as ISO 8601 does. */
public final class Durations {

    private Durations() {}

    /** Empty: it is none. */
    public static Optional<Duration> parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        var span = text.strip().toUpperCase(Locale.ROOT);
        try {
            return Optional.of(
                    Duration.parse(span.startsWith("P") ? span : span.endsWith("D") ? "P" + span : "PT" + span));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
