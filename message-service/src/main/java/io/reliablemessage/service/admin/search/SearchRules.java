package io.reliablemessage.service.admin.search;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks a search for messages. A form's empty field counts as left out. */
public final class SearchRules {

    private static final int MAX_KEY_LENGTH = 255;
    private static final int MAX_IDS = 500;
    private static final Duration MAX_AGE = Duration.ofDays(3_650);

    private SearchRules() {}

    public static MessageFilter search(MessageQuery query) {
        return new MessageFilter(
                query.state(),
                isAsked("overdue", query.overdue()),
                isAsked("suspect", query.suspect()),
                QueryRules.name("topic", query.topic()),
                QueryRules.name("subscription", query.subscription()),
                QueryRules.name("producer", query.producer()),
                key(query.key()),
                query.cause(),
                attempts(query.minAttempts()),
                ids(query.ids()),
                age(query.olderThan()),
                query.to(),
                time("from", query.from(), MessageId.FIRST),
                time("to", query.to(), MessageId.BEYOND_ALL));
    }

    /** False would have to find all others; taken for "not asked", it finds everything. */
    private static boolean isAsked(String member, @Nullable Boolean asked) {
        if (Boolean.FALSE.equals(asked)) {
            throw new Problem(INVALID_REQUEST, member + " takes true; leave it out to find the others as well.");
        }
        return asked != null;
    }

    private static @Nullable String key(@Nullable String key) {
        return key == null || key.isEmpty() ? null : Texts.plain("key", key, MAX_KEY_LENGTH);
    }

    private static @Nullable Integer attempts(@Nullable Integer least) {
        if (least != null && least < 0) {
            throw new Problem(INVALID_REQUEST, "minAttempts takes a number that is not negative.");
        }
        return least;
    }

    private static List<UUID> ids(@Nullable List<UUID> ids) {
        if (ids == null) {
            return List.of();
        }
        if (ids.isEmpty() || ids.size() > MAX_IDS || ids.contains(null)) {
            throw new Problem(INVALID_REQUEST, "ids takes 1 to %d ids of messages.".formatted(MAX_IDS));
        }
        return ids.stream().distinct().toList();
    }

    private static @Nullable Duration age(@Nullable Duration least) {
        if (least != null && (least.isNegative() || least.compareTo(MAX_AGE) > 0)) {
            throw new Problem(INVALID_REQUEST, "olderThan takes PT0S to P%dD.".formatted(MAX_AGE.toDays()));
        }
        return least;
    }

    private static MessageId time(String member, @Nullable Instant time, MessageId otherwise) {
        if (time == null) {
            return otherwise;
        }
        return MessageId.floor(QueryRules.within(member, time));
    }
}
