package io.reliablemessage.adminapi.cause;

/** How deliveries end badly. */
public enum CauseKind {
    /** The last attempt was not acknowledged either. */
    NO_ACK,
    /** The broker closed its channel on the message, again and again. */
    CLOSED_CHANNEL,
    /** The consumer refused it for a business reason. */
    REJECTED
}
