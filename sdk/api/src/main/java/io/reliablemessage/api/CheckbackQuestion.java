package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check-back: the body of a signed {@code POST} to the producer's check URL.
 *
 * @param messages half messages that were not decided in time
 */
public record CheckbackQuestion(List<Message> messages) {

    /**
     * One half message.
     *
     * @param checkRef as given when the message was prepared
     * @param attempt the number of this check-back, from 1; those that were never sent do not count
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Message(
            String id, String topic, String key, @Nullable String checkRef, int attempt) {}
}
