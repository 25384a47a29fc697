package io.reliablemessage.faults.shop;

import io.reliablemessage.faults.load.Slowness;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The ways an order may end, by its customer or by a failure. */
enum Whim {
    NONE,
    /** The business refuses it, and the message is cancelled. */
    REFUSED,
    /** The same, without the cancel. */
    REFUSED_IN_SILENCE,
    /** Committed, without the confirm. */
    FORGOTTEN,
    /** A check-back before the transaction has marked its message: it must not commit any more. */
    SLOW_TO_MARK,
    /** A check-back while the transaction is open, which then commits. */
    SLOW_TO_COMMIT,
    /** The same, but it rolls back. */
    SLOW_TO_ROLL_BACK;

    private static final Duration LONGER_THAN_THE_CHECK = Duration.ofSeconds(4);
    private static final int PER_MILLE = 1000;

    static Whim any(RandomGenerator random) {
        var draw = random.nextInt(PER_MILLE);
        if (draw < 50) {
            return REFUSED;
        } else if (draw < 70) {
            return REFUSED_IN_SILENCE;
        } else if (draw < 100) {
            return FORGOTTEN;
        } else if (draw < 104) {
            return SLOW_TO_MARK;
        } else if (draw < 108) {
            return SLOW_TO_COMMIT;
        } else if (draw < 112) {
            return SLOW_TO_ROLL_BACK;
        }
        return NONE;
    }

    boolean rollsBack() {
        return this == REFUSED || this == REFUSED_IN_SILENCE || this == SLOW_TO_ROLL_BACK;
    }

    boolean tellsTheService() {
        return this == NONE || this == REFUSED;
    }

    void beforeMarking() {
        if (this == SLOW_TO_MARK) {
            Slowness.of(LONGER_THAN_THE_CHECK);
        }
    }

    void beforeTheEnd() {
        if (this == SLOW_TO_COMMIT || this == SLOW_TO_ROLL_BACK) {
            Slowness.of(LONGER_THAN_THE_CHECK);
        }
    }
}
