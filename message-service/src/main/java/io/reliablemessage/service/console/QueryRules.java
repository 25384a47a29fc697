package io.reliablemessage.service.console;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static java.util.stream.Collectors.toSet;

import io.reliablemessage.api.MessageQuery;
import io.reliablemessage.service.message.MessageId;
import io.reliablemessage.service.message.Search;
import io.reliablemessage.service.platform.problem.OneLine;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.web.Texts;
import io.reliablemessage.service.registry.Names;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What a search may say. A form's empty field says nothing. */
final class QueryRules {

    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST_KEY = 255;
    private static final int LARGEST_PAGE = 200;
    private static final int USUAL_PAGE = 50;
    private static final int MOST_IDS = 500;
    private static final Duration OLDEST = Duration.ofDays(3_650);

    private QueryRules() {}

    /** Nothing is overlooked: a filter that is misspelt would find everything. */
    static void known(MultiValueMap<String, String> given, Class<? extends Record> query, String... more) {
        var members = Stream.concat(
                        Arrays.stream(query.getRecordComponents()).map(RecordComponent::getName), Stream.of(more))
                .collect(toSet());
        given.forEach((name, values) -> {
            if (!members.contains(name)) {
                throw new Problem(MALFORMED_REQUEST, "Unknown parameter '%s'.".formatted(OneLine.of(name, 100)));
            }
            if (values.size() > 1) {
                throw new Problem(MALFORMED_REQUEST, "Parameter '%s' is there twice.".formatted(name));
            }
        });
    }

    static int limit(@Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > LARGEST_PAGE)) {
            throw new Problem(INVALID_REQUEST, "limit takes 1 to %d.".formatted(LARGEST_PAGE));
        }
        return limit == null ? USUAL_PAGE : limit;
    }

    static Search search(MessageQuery query) {
        return new Search(
                query.state(),
                Boolean.TRUE.equals(query.overdue()),
                Boolean.TRUE.equals(query.suspect()),
                name("topic", query.topic()),
                name("subscription", query.subscription()),
                name("producer", query.producer()),
                key(query.key()),
                query.cause(),
                attempts(query.minAttempts()),
                ids(query.ids()),
                age(query.olderThan()),
                time("from", query.from(), MessageId.FIRST),
                time("to", query.to(), MessageId.BEYOND_ALL));
    }

    static @Nullable String name(String member, @Nullable String name) {
        return name == null || name.isBlank() ? null : Names.checked(member, name);
    }

    private static @Nullable String key(@Nullable String key) {
        return key == null || key.isBlank() ? null : Texts.plain("key", key, LONGEST_KEY);
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
        if (ids.isEmpty() || ids.size() > MOST_IDS || ids.contains(null)) {
            throw new Problem(INVALID_REQUEST, "ids takes 1 to %d ids of messages.".formatted(MOST_IDS));
        }
        return ids.stream().distinct().toList();
    }

    private static @Nullable Duration age(@Nullable Duration least) {
        if (least != null && (least.isNegative() || least.compareTo(OLDEST) > 0)) {
            throw new Problem(INVALID_REQUEST, "olderThan takes PT0S to P%dD.".formatted(OLDEST.toDays()));
        }
        return least;
    }

    private static MessageId time(String member, @Nullable Instant time, MessageId otherwise) {
        if (time == null) {
            return otherwise;
        }
        return MessageId.floor(within(member, time));
    }

    /** What the database can compare with. */
    static Instant within(String member, Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new Problem(INVALID_REQUEST, member + " takes a time from 1970 to 9999.");
        }
        return time;
    }
}
