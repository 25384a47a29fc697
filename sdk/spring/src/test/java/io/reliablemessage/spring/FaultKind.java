package io.reliablemessage.spring;

import java.util.function.UnaryOperator;

/**
 * A way in which things go wrong around one transaction.
 *
 * @param settings of the producer that it needs
 * @param duration for how long it lasts, and how many rounds it must have taken place in
 */
record FaultKind(String name, UnaryOperator<ProducerSettings> settings, Duration duration, Round round) {

    enum Duration {
        /** By its nature, in each round. */
        ALWAYS,
        /** Until the end of the round. */
        ROUND,
        /** Until it has met as many messages as there are rounds. */
        UNTIL_MET,
        /** Until the end; after its first failure the background work makes no such calls for a while, by design. */
        UNTIL_END
    }

    /** Runs one transaction for the order of this number. What the transaction throws is part of the fault. */
    interface Round {
        void run(ProducerFaults faults, String number) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
