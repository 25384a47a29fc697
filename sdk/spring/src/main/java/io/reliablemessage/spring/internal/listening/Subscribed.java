package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.spring.MessageHandler;
import java.nio.charset.StandardCharsets;

/**
 * A subscription and the handler of its messages.
 *
 * @param concurrency how many messages are handled at a time
 * @param prefetch how many messages each of these threads may hold
 */
public record Subscribed(String topic, String subscription, int concurrency, int prefetch, MessageHandler handler) {

    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_NAME = 100; // of the service
    private static final int MAX_UNACKNOWLEDGED = 65_535; // what AMQP can express

    public Subscribed {
        if (!isName(topic) || !isName(subscription)) {
            throw new IllegalArgumentException(
                    "A listener needs a topic and a subscription, of at most %d bytes, but has '%s' and '%s'"
                            .formatted(MAX_NAME, topic, subscription));
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

    private static boolean isName(String text) {
        return !text.isBlank() && text.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
    }
}
