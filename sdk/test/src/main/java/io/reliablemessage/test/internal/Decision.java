package io.reliablemessage.test.internal;

/** The state of the producer's decision. */
enum Decision {
    PENDING_CONFIRM,
    CONFIRMED,
    CANCELLED;

    /** The step that leads here. */
    String step() {
        return this == CONFIRMED ? "CONFIRM" : "CANCEL";
    }
}
