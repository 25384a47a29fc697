package io.reliablemessage.adminapi.cause;

/** The kinds of failure of a delivery. */
public enum CauseKind {
    /** The last attempt was not acknowledged either. */
    NO_ACK,
    /** The broker refused the message and closed its channel, again and again. */
    BROKER_REFUSED,
    /** The consumer refused it for a business reason. */
    REJECTED
}
