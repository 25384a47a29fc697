package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A producer's answer to a check-back, with status 200. A missing id counts as {@link CheckbackDecision#UNKNOWN}.
 *
 * @param decisions one for each message of the check-back
 */
public record CheckbackAnswer(List<Item> decisions) {

    /**
     * The answer about one message.
     *
     * @param store the id of the database that was read, from that database itself and never from the question. Of a
     *     message with a {@code checkRef}, {@link CheckbackDecision#ROLLED_BACK} counts only if both are equal and can
     *     be seen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String id, CheckbackDecision decision, @Nullable String store) {}
}
