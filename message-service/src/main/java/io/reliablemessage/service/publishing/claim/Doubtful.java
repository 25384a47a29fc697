package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that a transaction may have claimed, or not.
 *
 * @param subscription null: all of the message's
 * @param attempt as they are, if it has
 */
public record Doubtful(
        MessageId id,
        @Nullable String subscription,
        int attempt,
        int attemptsBefore,
        @Nullable Instant sentBefore) {

    /** The first sends of a message. */
    public static Doubtful decided(MessageId id) {
        return new Doubtful(id, null, 1, 0, null);
    }

    public static Doubtful sent(Dispatch dispatch) {
        var claimed = dispatch.claimed();
        return new Doubtful(
                dispatch.id(),
                dispatch.subscription(),
                dispatch.attempt(),
                claimed.attemptsBefore(),
                claimed.sentBefore());
    }
}
