package io.reliablemessage.test.internal.messages;

import io.reliablemessage.test.internal.http.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A producer's message to store, with all checks done that need no state.
 *
 * @param id null: the service makes one
 * @param contentHash distinguishes a repeated call from another message under the same id
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash, never by equals
public record HalfMessage(@Nullable MessageId id, String producer, Content content, byte[] contentHash, Timing timing) {

    HalfMessage withId(MessageId made) {
        return new HalfMessage(made, producer, content, contentHash, timing);
    }

    /**
     * @param deliverAt not before; excludes {@code delay}
     * @param delay the same, from the moment of storing
     * @param checkAfter how long the producer may take; null: the topic's
     * @param checkRef echoed in check-backs
     */
    record Timing(
            @Nullable Instant deliverAt,
            @Nullable Duration delay,
            @Nullable Duration checkAfter,
            @Nullable String checkRef) {}

    /** What every subscription receives. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Content(
            String topic, String key, byte[] payload, String contentType, Map<String, String> headers, Trace trace) {}
}
