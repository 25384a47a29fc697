package io.reliablemessage.spring;

import io.reliablemessage.api.CheckbackDecision;

/**
 * Hears what happens to messages outside of the application's transactions: for metrics, health and alarms. Its methods
 * are called by background threads and must return soon; what they throw is logged.
 */
public interface ProducerListener {

    ProducerListener NONE = new ProducerListener() {};

    /** The service has these messages, confirmed. */
    default void settled(int messages) {}

    /** The service will never take this message; its row stays, with the reason. */
    default void refused(String id, String reason) {}

    /** These messages could not be settled now; they are tried again. */
    default void postponed(int messages, Exception cause) {}

    /** Half messages of transactions that certainly rolled back were cancelled. */
    default void cancelled(int messages) {}

    /** Possible cancels that did not fit into their queue; check-backs decide these messages. */
    default void cancelsDropped(int messages) {}

    /** A check-back was answered about one message. */
    default void checked(String id, CheckbackDecision decision, String reason) {}

    /** A database did not answer in the background, or has no tables. */
    default void storeUnavailable(String store, Exception cause) {}

    /** The service was restored: so many settled messages are sent again, and so many cannot be, without their payload. */
    default void restored(String epoch, int messages, int withoutPayload) {}
}
