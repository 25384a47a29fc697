package io.reliablemessage.adminapi.operation;

/** The state of an operation. */
public enum OperationState {
    /** The first few were sent; the others wait until these are consumed. */
    CANARY,
    RUNNING,
    /** Paused by an operator, or because a canary was not consumed, until an operator resumes it. */
    PAUSED,
    /** Ended by an operator; deliveries not yet processed are skipped. */
    CANCELLED,
    /** Each of its deliveries has an outcome. What was sent may still be consumed. */
    FINISHED
}
