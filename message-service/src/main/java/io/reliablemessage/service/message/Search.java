package io.reliablemessage.service.message;

import io.reliablemessage.api.SearchState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator looks for; null, and false, is not asked.
 *
 * @param cause what a delivery stands dead or rejected of
 * @param first the smallest id that may be found
 * @param beyond all ids that may be found are smaller
 */
public record Search(
        @Nullable SearchState state,
        boolean isOverdue,
        boolean isSuspect,
        @Nullable String topic,
        @Nullable String subscription,
        @Nullable String producer,
        @Nullable String key,
        @Nullable UUID cause,
        MessageId first,
        MessageId beyond) {

    /** All that is in a state. */
    public static Search forState(SearchState state) {
        return new Search(state, false, false, null, null, null, null, null, MessageId.FIRST, MessageId.BEYOND_ALL);
    }

    /** All that is undecided for so long, or asked for so often, that somebody should look. */
    public static Search forSuspects() {
        return new Search(null, false, true, null, null, null, null, null, MessageId.FIRST, MessageId.BEYOND_ALL);
    }

    /** The same, behind a place in what it finds. */
    public Search before(MessageId place) {
        return new Search(state, isOverdue, isSuspect, topic, subscription, producer, key, cause, first, place);
    }

    /** The states that it leaves open. */
    Set<SearchState> states() {
        return state == null ? EnumSet.allOf(SearchState.class) : EnumSet.of(state);
    }

    Map<String, @Nullable Object> parameters() {
        var parameters = new HashMap<String, @Nullable Object>();
        parameters.put("topic", topic);
        parameters.put("subscription", subscription);
        parameters.put("producer", producer);
        parameters.put("key", key);
        parameters.put("cause", cause);
        parameters.put("first", first.value());
        parameters.put("beyond", beyond.value());
        return parameters;
    }
}
