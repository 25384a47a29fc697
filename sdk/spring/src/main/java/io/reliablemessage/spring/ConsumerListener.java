package io.reliablemessage.spring;

import java.time.Duration;

/**
 * Hears what happens to messages on their way to handlers and to their answers: for metrics, health and alarms. Its
 * methods are called by the threads that do the work and must return soon; what they throw is logged.
 */
public interface ConsumerListener {

    ConsumerListener NONE = new ConsumerListener() {};

    /** The handler's transaction is committed. */
    default void handled(MessageHead head, Duration duration) {}

    /** A copy of a message that was handled before; the handler was not called. */
    default void duplicate(MessageHead head) {}

    /** The message can never succeed; its transaction was rolled back. */
    default void rejected(MessageHead head, String code, String reason) {}

    /** The handler's transaction was rolled back, or its outcome is unknown; the message comes again. */
    default void failed(MessageHead head, Throwable cause) {}

    /** Something in a queue is no message of its subscription; it was thrown away. */
    default void foreign(String queue, String reason) {}

    /** The service has taken this number of acks and rejections. */
    default void answered(int answers) {}

    /** The service refused an ack or a rejection for good: what it knows of the message stands. */
    default void answerRefused(String id, String subscription, Exception cause) {}

    /** The service does not take answers now; so many wait in memory. */
    default void answersPostponed(int waiting, Exception cause) {}

    /** Too many answers wait for the service: nothing is consumed until half of them are gone. */
    default void paused() {}

    /** Consuming goes on. */
    default void resumed() {}

    /** The subscription is registered and its queue is being consumed. */
    default void listening(String subscription) {}

    /** The subscription cannot be consumed yet, or not now; this is tried again. */
    default void notListening(String subscription, String reason) {}
}
