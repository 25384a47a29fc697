package io.reliablemessage.faults.shop;

import io.reliablemessage.faults.load.Slowness;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What a customer, or the machine under the shop, makes of one order. */
enum Whim {
    NONE,
    /** The business says no after all, and the service is told. */
    REFUSED,
    /** The same, but nobody tells the service. */
    REFUSED_IN_SILENCE,
    /** Committed, and then nobody tells the service. */
    FORGOTTEN,
    /** Asked about before the transaction has come to marking its message: it must not commit any more. */
    SLOW_TO_MARK,
    /** Asked about while the transaction is open, which then commits. */
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
