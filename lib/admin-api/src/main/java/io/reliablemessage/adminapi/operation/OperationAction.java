package io.reliablemessage.adminapi.operation;

/** What an operation does to each delivery. */
public enum OperationAction {
    /** Has what is dead or rejected sent again, with a whole schedule. */
    RESEND,
    /** Ends what is on its way, dead or rejected. */
    DISCARD
}
