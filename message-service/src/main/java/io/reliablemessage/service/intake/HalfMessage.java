package io.reliablemessage.service.intake;

import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A producer's message to store, with all checks done that need no database.
 *
 * @param contentHash over the request's members as given; distinguishes a repeated call from another message under the
 *     same id
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash, never by equals
public record HalfMessage(
        @Nullable MessageId id,
        String producer,
        String topic,
        String key,
        byte[] payload,
        String contentType,
        Map<String, String> headers,
        byte[] contentHash,
        Timing timing,
        Trace trace) {

    public HalfMessage withId(MessageId made) {
        return new HalfMessage(made, producer, topic, key, payload, contentType, headers, contentHash, timing, trace);
    }

    public int bytes() {
        return payload.length;
    }

    /**
     * @param deliverAt not before; excludes {@code delay}
     * @param delay the same, from the moment of storing
     * @param checkAfter how long the producer may take; null: the topic's
     * @param checkRef echoed in check-backs
     */
    public record Timing(
            @Nullable Instant deliverAt,
            @Nullable Duration delay,
            @Nullable Duration checkAfter,
            @Nullable String checkRef) {}
}
