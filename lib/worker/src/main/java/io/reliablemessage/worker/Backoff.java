package io.reliablemessage.worker;

import java.time.Duration;

/**
 * The pause after failed calls: twice the interval, doubling, never longer than the cap unless the interval is.
 *
 * @param interval the pause while calls succeed
 */
public record Backoff(Duration interval) {

    static final Duration CAP = Duration.ofSeconds(5);

    /** The pause after so many failures in a row, from 1. */
    public Duration afterFailures(int failures) {
        // 2^10 intervals are beyond the cap already; more would overflow one day.
        var wait = interval.multipliedBy(1L << Math.min(failures, 10));
        return max(interval, min(wait, CAP));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
