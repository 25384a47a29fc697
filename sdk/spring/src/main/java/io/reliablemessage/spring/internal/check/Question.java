package io.reliablemessage.spring.internal.check;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A half message that the service asks about.
 *
 * @param id as it was asked
 * @param checkRef the id of the store that the message was written in
 */
public record Question(
        String id, @Nullable String topic, @Nullable String checkRef) {

    private static final String PROBE_TOPIC = "reliable-message.probe";

    /** Empty: it cannot be the id of a message. */
    Optional<UUID> messageId() {
        try {
            var uuid = UUID.fromString(id);
            // Also reads short forms such as 1-1-1-1-1.
            return uuid.toString().equalsIgnoreCase(id) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether this tests how the application answers, about no message at all. */
    boolean isProbe() {
        return PROBE_TOPIC.equals(topic);
    }
}
