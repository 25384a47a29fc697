package io.reliablemessage.adminapi.message;

/** A state that operators search for: of the message, or of any of its deliveries. */
public enum SearchState {
    /** The message waits for its producer's decision. */
    PENDING_CONFIRM,
    /** The producer decided for the message; whatever became of its deliveries. */
    CONFIRMED,
    /** The producer decided against the message. */
    CANCELLED,
    /** A delivery is on its way. */
    SENDING,
    /** A subscription acknowledged it. */
    CONSUMED,
    /** A subscription refused it. */
    REJECTED,
    /** A delivery was given up. */
    DEAD,
    /** An operator ended a delivery. */
    DISCARDED
}
