package io.reliablemessage.service.admin.search;

import static io.reliablemessage.adminapi.message.SearchState.CANCELLED;
import static io.reliablemessage.adminapi.message.SearchState.CONFIRMED;
import static io.reliablemessage.adminapi.message.SearchState.PENDING_CONFIRM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every combination of filters finds its matches, compared with each row of a small ledger with every kind of message.
 */
@Tag("ledger")
class SearchQueryTest {

    private static final MessageId BEYOND_ALL = new MessageId(new UUID(-1, -1));

    private final Service service = Service.shared();
    private final SearchStore searches = service.bean(SearchStore.class);
    private final MessageFlow route = service.newRoute();
    private final MessageFlow second = route.subscribe(Key.CONSUMER, Map.of());
    private final MessageFlow elsewhere = service.newRoute();
    private final String key = UUID.randomUUID().toString();

    @Test
    void everyCombinationOfFiltersFindsWhatItSays() {
        var start = MessageId.floor(Instant.now());
        fill(route, second);
        fill(elsewhere, elsewhere);
        service.jdbc()
                .sql("UPDATE delivery SET attempts = 1 + abs(hashtext(message_id::text || subscription)) % 3"
                        + " WHERE message_id >= :start")
                .param("start", start.value())
                .update();
        service.jdbc()
                .sql("UPDATE message SET created_at = now() + interval '1 h'"
                        + " WHERE id >= :start AND hashtext(id::text) % 5 = 0")
                .param("start", start.value())
                .update();
        var soon = Instant.now().plus(Duration.ofMinutes(30));
        var messages = messages(start);
        assertThat(messages).hasSize(2 * 31);
        assertThat(messages).anyMatch(message -> message.createdAt.isAfter(soon));
        var named = IntStream.range(0, messages.size())
                .filter(place -> place % 3 != 0)
                .mapToObj(place -> messages.get(place).id.value())
                .toList();
        var cause = causeOf(second);
        var middle = messages.get(messages.size() / 2).id;

        var combinations = 0;
        for (var state : Stream.concat(
                        Stream.<@Nullable SearchState>of((SearchState) null), Stream.of(SearchState.values()))
                .toList()) {
            for (var flags = 0; flags < 256; flags++) {
                // each of the other eight with each of these, though not with each of these in each state
                var more = flags + (state == null ? 0 : 1 + state.ordinal());
                var search = new MessageFilter(
                        state,
                        (flags & 1) != 0,
                        (flags & 2) != 0,
                        (flags & 4) != 0 ? route.topic() : null,
                        (flags & 8) != 0 ? second.subscription() : null,
                        (flags & 16) != 0 ? "shop" : null,
                        (flags & 32) != 0 ? key : null,
                        (flags & 128) != 0 ? cause : null,
                        (more & 1) != 0 ? 2 : null,
                        (more & 2) != 0 ? named : List.of(),
                        (more & 4) != 0 ? Duration.ZERO : null,
                        (flags & 64) != 0 ? soon : null,
                        start,
                        (flags & 64) != 0 ? middle : BEYOND_ALL);
                var expected = messages.stream()
                        .filter(message -> message.is(search))
                        .map(Message::id)
                        .sorted(Comparator.reverseOrder())
                        .toList();

                assertThat(searches.find(search, 1000))
                        .as("%s", search)
                        .isEqualTo(new FoundMessage(expected, null, false));
                assertThat(inPages(search)).as("pages of %s", search).isEqualTo(expected);
                assertThat(searches.count(search).found())
                        .as("count of %s", search)
                        .isEqualTo(expected.size());
                combinations += expected.isEmpty() ? 0 : 1;
            }
        }
        assertThat(combinations).as("combinations that find something").isGreaterThan(250);
    }

    /** The cause of its dead deliveries. */
    private UUID causeOf(MessageFlow of) {
        return service.jdbc()
                .sql("SELECT DISTINCT cause_id FROM delivery WHERE subscription = :subscription AND state = 'DEAD'")
                .param("subscription", of.subscription())
                .query(UUID.class)
                .single();
    }

    private List<MessageId> inPages(MessageFilter search) {
        var ids = new ArrayList<MessageId>();
        var page = searches.find(search, 7);
        ids.addAll(page.ids());
        while (page.next() != null) {
            assertThat(page.ids()).hasSize(7);
            page = searches.find(search.before(page.next()), 7);
            ids.addAll(page.ids());
        }
        return ids;
    }

    private void fill(MessageFlow one, MessageFlow other) {
        one.pending();
        one.suspect();
        one.cancelled();
        keyed(one.pending());
        keyed(one.suspect());
        keyed(one.cancelled());
        for (var first : DeliveryState.values()) {
            for (var then : DeliveryState.values()) {
                var id = one.confirmed();
                one.force(id, first);
                other.force(id, then);
                if (first == DeliveryState.SENDING && then != DeliveryState.SENDING) {
                    one.overdue(id, 100);
                }
                if (then == DeliveryState.SENDING && first == DeliveryState.CONSUMED) {
                    other.overdue(id, 100);
                }
                if (first == then || first == DeliveryState.SENDING) {
                    keyed(id);
                }
            }
        }
    }

    private void keyed(String id) {
        service.jdbc()
                .sql("UPDATE message SET key = :key, producer = CASE WHEN random() < 0.5 THEN 'rival' ELSE producer END"
                        + " WHERE id = :id::uuid")
                .param("key", key)
                .param("id", id)
                .update();
    }

    private List<Message> messages(MessageId start) {
        var messages = new LinkedHashMap<MessageId, Message>();
        service.jdbc().sql("""
                        SELECT id, topic, producer, key, state, created_at, decision_due_at < now() AS late,
                               decision_due_at < now() - interval '30 min' OR check_attempts >= 15 AS doubtful
                          FROM message WHERE id >= :start ORDER BY id
                        """).param("start", start.value()).query(row -> {
            var id = Columns.id(row, "id");
            messages.put(
                    id,
                    new Message(
                            id,
                            row.getString("topic"),
                            row.getString("producer"),
                            row.getString("key"),
                            SearchState.valueOf(row.getString("state")),
                            Columns.requiredInstant(row, "created_at"),
                            row.getBoolean("late"),
                            row.getBoolean("doubtful"),
                            new ArrayList<>()));
        });
        service.jdbc().sql("""
                        SELECT message_id, subscription, state, attempts, COALESCE(due_at < now(), false) AS late,
                               CASE WHEN state IN ('DEAD', 'REJECTED') THEN cause_id END AS cause
                          FROM delivery WHERE message_id >= :start
                        """).param("start", start.value()).query(row -> {
            Objects.requireNonNull(messages.get(Columns.id(row, "message_id")))
                    .deliveries
                    .add(new Delivery(
                            row.getString("subscription"),
                            SearchState.valueOf(row.getString("state")),
                            row.getInt("attempts"),
                            row.getBoolean("late"),
                            row.getObject("cause", UUID.class)));
        });
        return List.copyOf(messages.values());
    }

    private record Message(
            MessageId id,
            String topic,
            String producer,
            String key,
            SearchState decision,
            Instant createdAt,
            boolean isLate,
            boolean isDoubtful,
            List<Delivery> deliveries) {

        boolean is(MessageFilter search) {
            return is(search.topic(), topic)
                    && is(search.producer(), producer)
                    && is(search.key(), key)
                    && id.compareTo(search.beyond()) < 0
                    && (search.to() == null || createdAt.isBefore(search.to()))
                    && (search.olderThan() == null || createdAt.isBefore(Instant.now()))
                    && (search.ids().isEmpty() || search.ids().contains(id.value()))
                    && (isItself(search) || deliveries.stream().anyMatch(delivery -> isThereWith(delivery, search)));
        }

        private boolean isItself(MessageFilter search) {
            var isPending = decision == PENDING_CONFIRM;
            return search.subscription() == null
                    && search.minAttempts() == null
                    && search.cause() == null
                    && is(search.state(), decision)
                    && (!search.isOverdue() || isPending && isLate)
                    && (!search.isSuspect() || isPending && isDoubtful);
        }

        private static boolean isThereWith(Delivery delivery, MessageFilter search) {
            var state = search.state();
            return !search.isSuspect()
                    && state != PENDING_CONFIRM
                    && state != CANCELLED
                    && (state == CONFIRMED || is(state, delivery.state))
                    && is(search.subscription(), delivery.subscription)
                    && (search.minAttempts() == null || delivery.attempts >= search.minAttempts())
                    && (search.cause() == null || search.cause().equals(delivery.cause))
                    && (!search.isOverdue() || delivery.isLate);
        }

        private static boolean is(@Nullable Object wanted, Object actual) {
            return wanted == null || wanted.equals(actual);
        }
    }

    private record Delivery(
            String subscription,
            SearchState state,
            int attempts,
            boolean isLate,
            @Nullable UUID cause) {}
}
