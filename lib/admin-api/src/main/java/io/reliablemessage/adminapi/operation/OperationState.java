package io.reliablemessage.adminapi.operation;

/** How far an operation is. */
public enum OperationState {
    /** The first few were sent; the others wait until these are consumed. */
    CANARY,
    RUNNING,
    /** By an operator, or because a canary was not consumed; goes on when an operator says so. */
    PAUSED,
    /** Ended by an operator; what it had not come to is skipped. */
    CANCELLED,
    /** Each of its deliveries has an outcome. What was sent may still be consumed. */
    FINISHED
}
