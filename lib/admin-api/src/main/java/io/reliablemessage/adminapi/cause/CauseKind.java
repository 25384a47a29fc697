package io.reliablemessage.adminapi.cause;

/** The kinds of failure of a delivery. */
public enum CauseKind {
    /** The last attempt was not acknowledged either. */
    NO_ACK,
    /** The broker closed the channel on the message, again and again. */
    BROKER_REFUSED,
    /** The consumer rejected it for a business reason. */
    REJECTED
}
