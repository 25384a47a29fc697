package io.reliablemessage.service.model;

import java.time.Instant;
import java.util.Map;

/**
 * One send of one message to one subscription's queue.
 *
 * @param attempt which send this is, counted from 1; also what guards giving it back
 * @param isResend an operator wants it, so that the broker's confirmation is written down
 */
public record Dispatch(
        MessageId id, String subscription, String queue, int attempt, boolean isResend, Content content) {

    /** What every subscription receives alike. */
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
