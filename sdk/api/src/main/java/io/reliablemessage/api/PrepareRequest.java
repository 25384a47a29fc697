package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to store: by {@code POST /messages/prepare} as a half message, by {@code POST /messages} decided at once.
 *
 * @param id UUIDv7 made by the producer, which makes the call repeatable; absent: the service makes one
 * @param topic the topic, owned by the caller
 * @param key business key, 1 to 255 bytes of UTF-8, such as an order number
 * @param payload any JSON value, kept byte for byte as it stands in the request; a string if
 *     {@code payloadEncoding} is given
 * @param payloadEncoding {@code text}: the payload is the string's UTF-8; {@code base64}: the bytes it encodes
 * @param contentType handed to the consumer; default {@code application/json}, {@code text/plain;charset=utf-8} for
 *     text, {@code application/octet-stream} for base64
 * @param headers handed to the consumer as AMQP headers
 * @param deliverAt not delivered before; at most 30 days ahead
 * @param delay the same, counted from the moment the message is stored
 * @param checkAfter how long the producer may take to decide before it is asked; default: the topic's
 * @param checkRef echoed to the producer when it is asked; at most 128 bytes
 * @param traceparent the W3C trace context it is prepared in, handed to the consumer; default: the header of the
 *     same name. What is none is ignored. A repeat may bring another one, and the first is kept
 * @param tracestate what vendors add to that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrepareRequest(
        @Nullable String id,
        String topic,
        String key,
        @JsonInclude @Nullable Object payload,
        @Nullable String payloadEncoding,
        @Nullable String contentType,
        @Nullable Map<String, String> headers,
        @Nullable Instant deliverAt,
        @Nullable Duration delay,
        @Nullable Duration checkAfter,
        @Nullable String checkRef,
        @Nullable String traceparent,
        @Nullable String tracestate) {

    /** A message in whatever trace the call is. */
    public PrepareRequest(
            @Nullable String id,
            String topic,
            String key,
            @Nullable Object payload,
            @Nullable String payloadEncoding,
            @Nullable String contentType,
            @Nullable Map<String, String> headers,
            @Nullable Instant deliverAt,
            @Nullable Duration delay,
            @Nullable Duration checkAfter,
            @Nullable String checkRef) {
        this(
                id,
                topic,
                key,
                payload,
                payloadEncoding,
                contentType,
                headers,
                deliverAt,
                delay,
                checkAfter,
                checkRef,
                null,
                null);
    }

    /** A message with a JSON payload and nothing unusual about it. */
    public static PrepareRequest of(@Nullable String id, String topic, String key, Object payload) {
        return new PrepareRequest(id, topic, key, payload, null, null, null, null, null, null, null);
    }

    /** The same message in a trace of its own. */
    public PrepareRequest inTrace(@Nullable String traceparent, @Nullable String tracestate) {
        return new PrepareRequest(
                id,
                topic,
                key,
                payload,
                payloadEncoding,
                contentType,
                headers,
                deliverAt,
                delay,
                checkAfter,
                checkRef,
                traceparent,
                tracestate);
    }
}
