package io.reliablemessage.adminapi.operation;

/** Why an operation leaves a delivery as it is. */
public enum SkipReason {
    /** It is on its way already. */
    SENDING,
    /** It was acknowledged. */
    CONSUMED,
    /** An operator had ended it. */
    DISCARDED,
    /** So old that its consumer may not know any more that it had it: sent again, it could have its effect twice. */
    DEDUPE_WINDOW,
    /** Its day was dropped. */
    GONE,
    /** The operation was cancelled before its turn came. */
    CANCELLED
}
