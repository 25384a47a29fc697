package io.reliablemessage.service.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One send of one message to one subscription's queue.
 *
 * @param attempt the number of this send, from 1; also guards giving it back
 * @param isResend an operator resends it, so the broker's confirmation is recorded
 * @param before the delivery as it was, and is again if the send is given back
 */
public record Dispatch(
        MessageId id,
        String subscription,
        String queue,
        int attempt,
        boolean isResend,
        Before before,
        Content content) {

    /** The first send of a delivery. */
    public static Dispatch first(MessageId id, String subscription, String queue, Content content) {
        return new Dispatch(id, subscription, queue, 1, false, Before.NEVER_SENT, content);
    }

    /** A delivery before it was claimed for this send. */
    public record Before(int attempts, @Nullable Instant sentAt) {

        public static final Before NEVER_SENT = new Before(0, null);
    }

    /** The content that every subscription receives. */
    @SuppressWarnings("ArrayRecordComponent") // shared by all dispatches of a message, never compared
    public record Content(
            String topic,
            String key,
            String producer,
            byte[] payload,
            String contentType,
            Map<String, String> headers,
            Instant createdAt,
            Trace trace) {

        public int bytes() {
            return payload.length;
        }
    }
}
