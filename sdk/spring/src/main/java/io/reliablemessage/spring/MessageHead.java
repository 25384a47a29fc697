package io.reliablemessage.spring;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message without its payload.
 *
 * @param id the same in every copy of the message
 * @param key the business key, such as an order number
 * @param subscription the one that this copy is for
 * @param attempt the number of the send that this copy comes from, from 1
 * @param contentType as the producer set it; {@code application/json} by default
 * @param headers those of the producer, and {@code traceparent} and {@code tracestate} if there is a trace
 * @param sentAt when the producer stored it, in whole seconds
 * @param producer the application that sent it
 */
public record MessageHead(
        String id,
        String topic,
        String key,
        String subscription,
        int attempt,
        @Nullable String contentType,
        Map<String, String> headers,
        @Nullable Instant sentAt,
        @Nullable String producer) {

    public MessageHead {
        headers = Map.copyOf(headers);
    }
}
