package io.reliablemessage.test.internal.messages;

/** The state of the producer's decision. */
public enum Decision {
    PENDING_CONFIRM,
    CONFIRMED,
    CANCELLED;

    /** The step that leads here. */
    String step() {
        return this == CONFIRMED ? "CONFIRM" : "CANCEL";
    }
}
