package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.internal.Arguments;
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
 * @param payload any JSON value, kept byte for byte as it stands in the request; a string if {@code payloadEncoding} is
 *     given
 * @param payloadEncoding {@code text}: the payload is the string's UTF-8; {@code base64}: the bytes it encodes
 * @param contentType handed to the consumer; default {@code application/json}, {@code text/plain;charset=utf-8} for
 *     text, {@code application/octet-stream} for base64, which alone may be in another charset than UTF-8
 * @param headers handed to the consumer as AMQP headers
 * @param deliverAt not delivered before; at most 30 days ahead
 * @param delay the same, counted from the moment the message is stored
 * @param checkAfter how long the producer may take to decide before a check-back; default: the topic's
 * @param checkRef echoed to the producer in check-backs; at most 128 bytes of text that can be seen
 * @param traceparent the W3C trace context it is prepared in, handed to the consumer; default: the header of the same
 *     name. An invalid one is ignored. A repeat may carry another one; the first is kept
 * @param tracestate vendors' additions to it
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

    private static final int MAX_KEY = 255;
    private static final int MAX_CONTENT_TYPE = 255;
    private static final int MAX_CHECK_REF = 128;
    private static final int MAX_HEADER_NAME = 128;

    /** A message whose id the client makes, with a JSON payload and nothing unusual about it. */
    public static PrepareRequest of(String topic, String key, @Nullable Object payload) {
        return builder(topic, key, payload).build();
    }

    /** A message with a JSON payload and nothing unusual about it; for text and bytes see {@link #builder}. */
    public static PrepareRequest of(@Nullable String id, String topic, String key, @Nullable Object payload) {
        return builder(topic, key, payload).id(id).build();
    }

    /**
     * Starts a message; everything else has a default.
     *
     * @param payload a record, a map or any other object, which is written as JSON; {@link RawJson} for what is JSON
     *     already. A text needs {@link Builder#payloadEncoding}, and so do bytes: nobody could see whether they are
     *     meant as they are or as JSON
     */
    public static Builder builder(String topic, String key, @Nullable Object payload) {
        return new Builder(topic, key, payload);
    }

    /**
     * This message, unless something is missing, blank or too long, or could be stored as something else than it is.
     *
     * @throws IllegalArgumentException names the member and what to do
     */
    public PrepareRequest checked() {
        Arguments.optionalText("id", id, Arguments.MAX_ID);
        Arguments.text("topic", topic, Arguments.MAX_NAME);
        Arguments.text("key", key, MAX_KEY);
        Arguments.optionalText("payloadEncoding", payloadEncoding, Arguments.MAX_NAME);
        Arguments.optionalText("contentType", contentType, MAX_CONTENT_TYPE);
        Arguments.optionalText("checkRef", checkRef, MAX_CHECK_REF);
        if (headers != null) {
            headers.forEach(PrepareRequest::checkHeader);
        }
        Arguments.payload(payload, payloadEncoding);
        return this;
    }

    private static void checkHeader(@Nullable String name, @Nullable String value) {
        Arguments.text("the name of a header", name, MAX_HEADER_NAME);
        Arguments.present("headers." + name, value, "leave it out");
    }

    /** The same message with this id. */
    public PrepareRequest withId(String id) {
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

    /** Makes a request; what is not set is absent. Not safe for use by several threads. */
    public static final class Builder {

        private final String topic;
        private final String key;
        private final @Nullable Object payload;
        private @Nullable String id;
        private @Nullable String payloadEncoding;
        private @Nullable String contentType;
        private @Nullable Map<String, String> headers;
        private @Nullable Instant deliverAt;
        private @Nullable Duration delay;
        private @Nullable Duration checkAfter;
        private @Nullable String checkRef;

        private Builder(String topic, String key, @Nullable Object payload) {
            this.topic = topic;
            this.key = key;
            this.payload = payload;
        }

        /** A UUIDv7, which makes the call repeatable. */
        public Builder id(@Nullable String id) {
            this.id = id;
            return this;
        }

        /** {@code text}: the payload is this text; {@code base64}: it is bytes, or their base64. */
        public Builder payloadEncoding(@Nullable String payloadEncoding) {
            this.payloadEncoding = payloadEncoding;
            return this;
        }

        public Builder contentType(@Nullable String contentType) {
            this.contentType = contentType;
            return this;
        }

        public Builder headers(@Nullable Map<String, String> headers) {
            this.headers = headers;
            return this;
        }

        /** Not delivered before this time. */
        public Builder deliverAt(@Nullable Instant deliverAt) {
            this.deliverAt = deliverAt;
            return this;
        }

        /** Not delivered before this time has passed since the message was stored. */
        public Builder delay(@Nullable Duration delay) {
            this.delay = delay;
            return this;
        }

        /** How long the producer may take to decide before a check-back. */
        public Builder checkAfter(@Nullable Duration checkAfter) {
            this.checkAfter = checkAfter;
            return this;
        }

        /** Echoed to the producer in check-backs. */
        public Builder checkRef(@Nullable String checkRef) {
            this.checkRef = checkRef;
            return this;
        }

        /** The message, {@link #checked}. */
        public PrepareRequest build() {
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
                            null,
                            null)
                    .checked();
        }
    }
}
