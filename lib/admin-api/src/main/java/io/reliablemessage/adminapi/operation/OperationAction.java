package io.reliablemessage.adminapi.operation;

/** The action of an operation on each delivery. */
public enum OperationAction {
    /** Resends dead and rejected deliveries, with a new schedule. */
    RESEND,
    /** Ends open, dead and rejected deliveries. */
    DISCARD
}
