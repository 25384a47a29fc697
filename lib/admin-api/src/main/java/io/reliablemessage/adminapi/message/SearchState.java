package io.reliablemessage.adminapi.message;

/** A state to search for: of the message, or of any of its deliveries. */
public enum SearchState {
    /** The message waits for its producer's decision. */
    PENDING_CONFIRM,
    /** The producer confirmed the message, whatever the states of its deliveries. */
    CONFIRMED,
    /** The producer cancelled the message. */
    CANCELLED,
    /** A delivery is being sent. */
    SENDING,
    /** A subscription acknowledged it. */
    CONSUMED,
    /** A subscription rejected it. */
    REJECTED,
    /** A delivery was given up. */
    DEAD,
    /** An operator ended a delivery. */
    DISCARDED
}
