package io.reliablemessage.api;

/** The state of a message: its producer's decision until it is confirmed, then the worst of its deliveries. */
public enum MessageState {
    /** Stored; its producer has not decided yet. */
    PENDING_CONFIRM,
    /** Decided against; it is never delivered. Final. */
    CANCELLED,
    /** At least one subscription's delivery was given up; an operator may resend it. */
    DEAD,
    /** On its way to at least one subscription. */
    SENDING,
    /** At least one subscription refused it for a business reason. */
    REJECTED,
    /** An operator ended at least one delivery. */
    DISCARDED,
    /** Every subscription acknowledged it. Final. */
    CONSUMED
}
