package io.reliablemessage.recovery;

import java.time.Duration;

/**
 * How many deliveries one call may take up: as many as the service manages in about a second. So a call never comes
 * near its timeout, and a large backlog does not need a call for each handful.
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

    /** The size after a call that took so long. Only one that stopped at its limit says that more would do. */
    BatchSize after(Duration taken, boolean more) {
        if (taken.compareTo(LONG) > 0) {
            return smaller();
        }
        return more && taken.multipliedBy(2).compareTo(LONG) < 0 ? of(limit * 2) : this;
    }

    /** The size after a call that failed: it may have been too much to ask for. */
    BatchSize smaller() {
        return of(limit / 2);
    }

    private BatchSize of(int wanted) {
        return new BatchSize(Math.min(most, Math.max(wanted, Math.min(LEAST, most))), most);
    }
}
