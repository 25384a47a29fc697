package io.reliablemessage.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;

/**
 * A copy of a message as the broker hands it to the consumer of a subscription.
 *
 * @param id AMQP's {@code message-id}
 * @param topic AMQP's {@code type}
 * @param producer AMQP's {@code app-id}
 * @param preparedAt AMQP's {@code timestamp}
 * @param attempt the number of the send that this copy comes from, from 1
 * @param isRedelivered AMQP's {@code redelivered}: the broker has handed out this copy before
 * @param headers those of the producer, and the service's own ({@link io.reliablemessage.api.Headers})
 * @param payload the body
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared
public record Delivery(
        String id,
        String subscription,
        String topic,
        String key,
        String producer,
        Instant preparedAt,
        int attempt,
        boolean isRedelivered,
        String contentType,
        Map<String, Object> headers,
        byte[] payload) {

    /** The payload as text. */
    public String text() {
        return new String(payload, UTF_8);
    }

    /** The same copy, as the broker hands it out once more. */
    public Delivery redelivered() {
        return new Delivery(
                id, subscription, topic, key, producer, preparedAt, attempt, true, contentType, headers, payload);
    }

    @Override
    public String toString() {
        return "%s attempt %d to %s: %s key=%s %s".formatted(id, attempt, subscription, topic, key, text());
    }
}
