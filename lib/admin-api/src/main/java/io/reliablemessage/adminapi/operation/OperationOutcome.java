package io.reliablemessage.adminapi.operation;

/** The outcome of a delivery in an operation; each names the deliveries that one of the operation's numbers counts. */
public enum OperationOutcome {
    /** No outcome yet. */
    WAITING,
    /** Due again, with a new schedule. */
    RESENT,
    /** Resent, and confirmed by the broker since, or answered by its consumer. */
    SENT,
    /** Resent, and acknowledged since. */
    CONSUMED,
    /** Resent, and given up again. */
    DEAD,
    /** Resent, and rejected again. */
    REJECTED,
    /** Ended by the operation. */
    DISCARDED,
    /** Left as it was. */
    SKIPPED,
    /** Could not be written. */
    FAILED
}
