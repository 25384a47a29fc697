package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.spring.MessageHandler;

/**
 * A subscription and the handler of its messages.
 *
 * @param concurrency how many messages are handled at a time
 * @param prefetch how many messages each of these threads may hold
 */
public record Subscribed(String topic, String subscription, int concurrency, int prefetch, MessageHandler handler) {

    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_UNACKNOWLEDGED = 65_535; // what AMQP can express

    public Subscribed {
        if (topic.isBlank() || subscription.isBlank()) {
            throw new IllegalArgumentException("A listener needs a topic and a subscription, but has '%s' and '%s'"
                    .formatted(topic, subscription));
        }
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException("The concurrency of subscription %s is %d, but takes 1 to %d"
                    .formatted(subscription, concurrency, MAX_CONCURRENCY));
        }
        if (prefetch < 1 || (long) prefetch * concurrency > MAX_UNACKNOWLEDGED) {
            throw new IllegalArgumentException(
                    "The prefetch of subscription %s is %d, but takes 1 or more, and at most %d for all of its threads"
                            .formatted(subscription, prefetch, MAX_UNACKNOWLEDGED));
        }
    }
}
