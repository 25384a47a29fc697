package io.reliablemessage.spring;

import java.util.function.UnaryOperator;

/**
 * A way in which things go wrong around one transaction.
 *
 * @param settings of the producer that it needs
 * @param isCounted whether the rig counts the injected faults; otherwise each round is one by its nature
 */
record FaultKind(String name, UnaryOperator<ProducerSettings> settings, boolean isCounted, Round round) {

    /** Runs one transaction for the order of this number. What the transaction throws is part of the fault. */
    interface Round {
        void run(ProducerFaults faults, String number) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
