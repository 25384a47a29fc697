package io.reliablemessage.service.model;

import java.time.Instant;
import java.util.Map;

/**
 * One send of one message to one subscription's queue.
 *
 * @param attempt the number of this send, from 1; also guards giving it back
 * @param isResend an operator resends it, so the broker's confirmation is recorded
 * @param claimed the claim that counts it, and what the delivery was before
 */
public record Dispatch(
        MessageId id,
        String subscription,
        String queue,
        int attempt,
        boolean isResend,
        Claim.Send claimed,
        Content content) {

    /** The first send of a delivery. */
    public static Dispatch first(Claim claim, MessageId id, String subscription, String queue, Content content) {
        return new Dispatch(id, subscription, queue, 1, false, claim.first(), content);
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
