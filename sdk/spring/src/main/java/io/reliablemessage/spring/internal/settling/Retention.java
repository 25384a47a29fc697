package io.reliablemessage.spring.internal.settling;

import java.time.Duration;

/**
 * How long settled rows are kept.
 *
 * @param payload until the payload is cleared; without it, a message that a restored service has lost cannot be sent again.
 *     Zero: at once
 * @param row until the row itself is deleted; at least as long as the service accepts ids, which is 7 days
 */
public record Retention(Duration payload, Duration row) {

    private static final Duration ID_WINDOW = Duration.ofDays(7);

    public static final Retention DEFAULT = new Retention(Duration.ofHours(24), ID_WINDOW);

    public Retention {
        if (payload.isNegative()) {
            throw new IllegalArgumentException("Payloads are kept for %s, but take 0 or more".formatted(payload));
        }
        if (row.compareTo(ID_WINDOW) < 0) {
            throw new IllegalArgumentException("Rows are kept for %s, but take at least %s".formatted(row, ID_WINDOW));
        }
    }

    /** With payloads kept for this time. */
    public static Retention ofPayload(Duration payload) {
        return new Retention(payload, ID_WINDOW);
    }
}
