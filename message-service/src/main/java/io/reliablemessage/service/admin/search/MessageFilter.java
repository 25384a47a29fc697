package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's search; null and false match everything.
 *
 * @param cause the cause of which a delivery is dead or rejected now
 * @param ids empty: all may be found
 * @param olderThan by the database's clock; the age of a message is that of its id or its row, whichever is younger
 * @param to before which it was created, by its id and by its row
 * @param first the smallest id that may be found
 * @param beyond all ids that may be found are smaller
 */
public record MessageFilter(
        @Nullable SearchState state,
        boolean isOverdue,
        boolean isSuspect,
        @Nullable String topic,
        @Nullable String subscription,
        @Nullable String producer,
        @Nullable String key,
        @Nullable UUID cause,
        @Nullable Integer minAttempts,
        List<UUID> ids,
        @Nullable Duration olderThan,
        @Nullable Instant to,
        MessageId first,
        MessageId beyond) {

    /** All messages in a state. */
    public static MessageFilter forState(SearchState state) {
        return of(state, false);
    }

    /** All suspect messages. */
    public static MessageFilter forSuspects() {
        return of(null, true);
    }

    private static MessageFilter of(@Nullable SearchState state, boolean isSuspect) {
        return new MessageFilter(
                state,
                false,
                isSuspect,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                MessageId.FIRST,
                MessageId.BEYOND_ALL);
    }

    /** The same search, from a position on. */
    public MessageFilter before(MessageId place) {
        return new MessageFilter(
                state,
                isOverdue,
                isSuspect,
                topic,
                subscription,
                producer,
                key,
                cause,
                minAttempts,
                ids,
                olderThan,
                to,
                first,
                place);
    }

    /** The states that may match. */
    Set<SearchState> states() {
        return state == null ? EnumSet.allOf(SearchState.class) : EnumSet.of(state);
    }

    public Map<String, @Nullable Object> parameters() {
        var parameters = new HashMap<String, @Nullable Object>();
        parameters.put("topic", topic);
        parameters.put("subscription", subscription);
        parameters.put("producer", producer);
        parameters.put("key", key);
        parameters.put("cause", cause);
        parameters.put("minAttempts", minAttempts);
        parameters.put("named", SqlArrays.of("uuid", ids, id -> id));
        parameters.put("olderThan", olderThan == null ? null : olderThan.toMillis());
        parameters.put("to", to == null ? null : to.atOffset(ZoneOffset.UTC));
        parameters.put("first", first.value());
        parameters.put("beyond", beyond.value());
        return parameters;
    }
}
