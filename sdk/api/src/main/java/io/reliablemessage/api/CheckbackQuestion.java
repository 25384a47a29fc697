package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service asks a producer, as the body of a signed {@code POST} to its check-back endpoint.
 *
 * @param messages half messages that were not decided in time
 */
public record CheckbackQuestion(List<Message> messages) {

    /**
     * One half message.
     *
     * @param checkRef as it was given when the message was prepared
     * @param attempt which ask this is, counted from 1; those that nobody sent are not counted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Message(
            String id, String topic, String key, @Nullable String checkRef, int attempt) {}
}
