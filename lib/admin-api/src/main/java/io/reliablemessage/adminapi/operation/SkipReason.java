package io.reliablemessage.adminapi.operation;

/** The reasons why an operation skips a delivery. */
public enum SkipReason {
    /** It is already being sent. */
    SENDING,
    /** It was acknowledged. */
    CONSUMED,
    /** An operator had ended it. */
    DISCARDED,
    /** So old that its consumer may not recognize a repeat: resent, it could be applied twice. */
    DEDUPE_WINDOW,
    /** Its day was dropped. */
    GONE,
    /** The operation was cancelled before its turn came. */
    CANCELLED
}
