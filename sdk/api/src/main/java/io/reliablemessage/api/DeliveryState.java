package io.reliablemessage.api;

/** The state of a message's delivery to one subscription. */
public enum DeliveryState {
    /** On its way; sent again on a growing schedule until something ends it. */
    SENDING,
    /** The subscription acknowledged it. Final. */
    CONSUMED,
    /** The subscription refused it for a business reason; only an operator may send it again. */
    REJECTED,
    /** Given up after its last attempt; a late ack still counts, an operator may send it again. */
    DEAD,
    /** Ended by an operator; a late ack still counts. */
    DISCARDED
}
