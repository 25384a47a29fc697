package io.reliablemessage.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.api.MessageState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that a producer has stored, as it was when it was looked at.
 *
 * @param producer the application that prepared or sent it
 * @param state as the API shows it: its decision until it is confirmed, then the worst of its deliveries
 * @param payload its bytes, as every consumer receives them
 * @param checkRef as given with the prepare, for check-backs
 * @param deliverAt not delivered before
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared
public record SentMessage(
        String id,
        String producer,
        String topic,
        String key,
        MessageState state,
        byte[] payload,
        String contentType,
        Map<String, String> headers,
        @Nullable String checkRef,
        @Nullable Instant deliverAt) {

    /** The payload as text. */
    public String text() {
        return new String(payload, UTF_8);
    }

    /** Whether its producer has decided to deliver it. */
    public boolean isConfirmed() {
        return !isPending() && !isCancelled();
    }

    public boolean isPending() {
        return state == MessageState.PENDING_CONFIRM;
    }

    public boolean isCancelled() {
        return state == MessageState.CANCELLED;
    }

    @Override
    public String toString() {
        return "%s %s %s key=%s %s".formatted(id, state, topic, key, text());
    }
}
