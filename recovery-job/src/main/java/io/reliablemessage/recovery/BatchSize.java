package io.reliablemessage.recovery;

import java.time.Duration;

/**
 * The number of deliveries per call: as many as the service processes in about a second. So a call never comes near its
 * timeout, and a large backlog does not need a call for each handful.
 *
 * @param limit for the next call
 * @param most never more
 */
record BatchSize(int limit, int most) {

    static final int FIRST = 500;
    static final int LEAST = 50;

    private static final Duration LONG = Duration.ofSeconds(1);

    static BatchSize upTo(int most) {
        return new BatchSize(Math.min(FIRST, most), most);
    }

    /** The size after a successful call. Only a call that stopped at its limit shows that more are possible. */
    BatchSize after(Duration taken, boolean more) {
        if (taken.compareTo(LONG) > 0) {
            return smaller();
        }
        return more && taken.multipliedBy(2).compareTo(LONG) < 0 ? of(limit * 2) : this;
    }

    /** The size after a call that failed: it may have been too large. */
    BatchSize smaller() {
        return of(limit / 2);
    }

    private BatchSize of(int wanted) {
        return new BatchSize(Math.min(most, Math.max(wanted, Math.min(LEAST, most))), most);
    }
}
