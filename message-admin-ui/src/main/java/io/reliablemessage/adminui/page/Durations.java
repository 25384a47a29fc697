package io.reliablemessage.adminui.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads durations such as {@code 30s}, {@code 6h}, {@code 2d}, and in ISO 8601. */
public final class Durations {

    private Durations() {}

    /** Empty: it is not a duration. */
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
