package io.reliablemessage.adminapi.operation;

/** What an operation does to each delivery. */
public enum OperationAction {
    /** Sends dead and rejected deliveries again, with a whole schedule. */
    RESEND,
    /** Ends what is on its way, dead or rejected. */
    DISCARD
}
