package io.reliablemessage.service.admin.search;

import static io.reliablemessage.adminapi.message.SearchState.CANCELLED;
import static io.reliablemessage.adminapi.message.SearchState.CONFIRMED;
import static io.reliablemessage.adminapi.message.SearchState.CONSUMED;
import static io.reliablemessage.adminapi.message.SearchState.DEAD;
import static io.reliablemessage.adminapi.message.SearchState.DISCARDED;
import static io.reliablemessage.adminapi.message.SearchState.PENDING_CONFIRM;
import static io.reliablemessage.adminapi.message.SearchState.REJECTED;
import static io.reliablemessage.adminapi.message.SearchState.SENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.admin.registry.BacklogStatements;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.plans.Explained;
import io.reliablemessage.service.plans.Plan;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over three weeks of messages, and with any statistics, a search reads only its results or up to its limit. */
@Tag("ledger")
@Tag("slow")
class SearchPlansTest {

    private static final int LIMIT = 10;
    private static final MessageId FIRST = MessageId.floor(Instant.EPOCH);
    private static final MessageId BEYOND_ALL = new MessageId(new UUID(-1, -1));

    /** The rows of a small page: each found over an index, looked up, and compared. */
    private static final double PAGE = 500;

    /**
     * A hundred thousand, each with three deliveries. One in a thousand is pending, one cancelled, one has each of
     * the rare states at the first of its deliveries; one in twenty thousand is of a small producer.
     */
    private static final String FILL = """
            WITH row AS MATERIALIZED (
                SELECT overlay(uuid_floor(at)::text PLACING to_char(n, 'FM000000000000') FROM 25)::uuid AS id, at, n,
                       n % 1000 = 1 AS is_pending, n % 1000 = 2 AS is_cancelled
                  FROM (SELECT n, now() - n * interval '18 s' AS at FROM generate_series(1, 100000) n) every
            ), stored AS (
                INSERT INTO message (id, topic, key, producer, state, payload, content_type, content_hash, created_at,
                                     decision_due_at, check_due_at, decided_at, decided_by)
                SELECT id, 'topic', 'key-' || n, CASE n % 20000 WHEN 6681 THEN 'small' ELSE 'shop' END,
                       CASE WHEN is_pending THEN 'PENDING_CONFIRM' WHEN is_cancelled THEN 'CANCELLED' ELSE 'CONFIRMED' END,
                       '', 'text/plain', sha256(''), at, at, CASE WHEN is_pending THEN at END,
                       CASE WHEN NOT is_pending THEN at END, CASE WHEN NOT is_pending THEN 'shop' END
                  FROM row
            )
            INSERT INTO delivery (message_id, subscription, state, attempts, deliverable_at, sent_at, due_at, finished_at, last_error)
            SELECT id, subscription, state, 1, at, at, CASE state WHEN 'SENDING' THEN at END,
                   CASE WHEN state <> 'SENDING' THEN at END, 'why'
              FROM (SELECT id, at, subscription,
                           CASE WHEN subscription <> 'a' THEN 'CONSUMED'
                                ELSE COALESCE((ARRAY['SENDING', 'DEAD', 'REJECTED', 'DISCARDED'])[n % 1000 - 9], 'CONSUMED')
                                END AS state
                      FROM row, unnest(ARRAY['a', 'b', 'c']) subscription
                     WHERE NOT is_pending AND NOT is_cancelled) sent
            """;

    private static final String REGISTER = """
            WITH registered AS (
                INSERT INTO topic (name, application, consumers, check_after_millis) VALUES ('topic', 'shop', '{}', 1000)
                RETURNING name
            )
            INSERT INTO subscription (name, topic, application, kind, queue, paused)
            SELECT subscription, name, 'points', 'QUEUE', subscription, true
              FROM registered, unnest(ARRAY['a', 'b', 'c']) subscription
            """;

    /** One in ten of all was dead of it before, a hundred are now. */
    private static final UUID CAUSE = new UUID(1, 1);

    private static final String DIE = """
            UPDATE delivery SET cause_id = :cause WHERE state = 'DEAD' OR state = 'CONSUMED' AND hashtext(message_id::text) % 10 = 0
            """;

    private final Service service = Service.start(Map.of());

    @Test
    void eachSearchReadsWhatItFindsOrNotMoreThanItMay() {
        try (service) {
            service.jdbc()
                    .sql("SELECT make_day((now() AT TIME ZONE 'UTC')::date - back) FROM generate_series(8, 21) back")
                    .query((row, number) -> number)
                    .list();
            service.jdbc().sql(REGISTER).update();
            for (var isAnalyzed : List.of(false, true)) {
                service.jdbc()
                        .sql(isAnalyzed ? "ANALYZE message, delivery" : FILL)
                        .update();
                if (!isAnalyzed) {
                    service.jdbc().sql(DIE).param("cause", CAUSE).update();
                }
                for (var mode : List.of("force_generic_plan", "force_custom_plan")) {
                    try (var explained = new Explained(service.database(), mode)) {
                        var searches = new Searches(explained, "%s, analyzed: %s".formatted(mode, isAnalyzed));
                        searches.all();
                        searches.waiting();
                    }
                }
            }
            whatIsFoundBehindManyOthersIsFoundOnce();
            nobodyWaitsForeverForADatabaseThatIsBusy();
        }
    }

    private final class Searches {

        private final Explained explained;
        private final String situation;
        private final SearchStore searches;
        private final List<UUID> ids;

        Searches(Explained explained, String situation) {
            this.explained = explained;
            this.situation = situation;
            var ledger = new LedgerTransactions(Objects.requireNonNull(explained.getDataSource()));
            searches = new SearchStore(explained.client(), ledger, service.bean(LedgerProperties.class));
            ids = service.jdbc()
                    .sql("SELECT id FROM message WHERE key LIKE 'key-%500' LIMIT 100")
                    .query(UUID.class)
                    .list();
        }

        void all() {
            for (var state : List.of(PENDING_CONFIRM, CANCELLED, DEAD, REJECTED, DISCARDED, SENDING)) {
                assertReads(PAGE, search(state, false, null, null, null, FIRST), LIMIT);
                assertReads(PAGE, search(state, false, "topic", null, null, FIRST), LIMIT);
                assertReads(PAGE, search(state, false, null, null, "key-1500", FIRST), 0);
            }
            for (var state : List.of(DEAD, REJECTED, DISCARDED, SENDING)) {
                assertReads(PAGE, search(state, false, null, "a", null, FIRST), LIMIT);
                assertReads(2_000, search(state, false, null, "b", null, FIRST), 0); // all of the few
            }
            assertReads(PAGE, ofCause(null, null), LIMIT);
            assertReads(PAGE, ofCause(DEAD, null), LIMIT);
            assertReads(PAGE, ofCause(CONFIRMED, "shop"), LIMIT);
            assertReads(2_000, ofCause(REJECTED, null), 0);
            assertReads(PAGE, ofCause(CONSUMED, null), 0);
            assertReads(2 * PAGE, search(null, true, null, null, null, FIRST), LIMIT);
            assertReads(PAGE, search(null, false, null, null, "key-77777", FIRST), 1);
            for (var state : new @Nullable SearchState[] {null, CONFIRMED, CONSUMED}) {
                assertReads(PAGE, search(state, false, null, null, null, FIRST), LIMIT);
                assertReads(PAGE, search(state, false, "topic", state == CONSUMED ? "b" : null, null, FIRST), LIMIT);
                assertReads(4.0 * SearchStore.LOOKED_AT, search(state, false, "none", null, null, FIRST), 0);
            }
            assertReads(4.0 * SearchStore.LOOKED_AT, search(null, false, null, "none", null, FIRST), 0);
            narrowed();
        }

        private void narrowed() {
            var old = Duration.ofDays(10);
            for (var state : new @Nullable SearchState[] {null, DEAD, SENDING, CONSUMED, PENDING_CONFIRM}) {
                assertReads(PAGE, SearchPlansTest.narrowed(state, null, List.of(), old), LIMIT);
            }
            assertReads(4.0 * SearchStore.LOOKED_AT, SearchPlansTest.narrowed(null, 2, List.of(), old), 0);
            assertReads(2_000, SearchPlansTest.narrowed(DEAD, 2, List.of(), null), 0); // all of the few
            assertReads(PAGE, SearchPlansTest.narrowed(null, 1, List.of(), old), LIMIT);
            assertReads(PAGE, SearchPlansTest.narrowed(null, null, ids, null), LIMIT);
            assertReads(PAGE, SearchPlansTest.narrowed(CONSUMED, 1, ids, null), LIMIT);
            assertReads(PAGE, SearchPlansTest.narrowed(SENDING, null, ids, old), 0);
        }

        /** Counts and the oldest of the backlog are read from the partial indexes. */
        void waiting() {
            assertReads(
                    2 * PAGE,
                    () -> assertThat(searches.oldest().since())
                            .containsOnlyKeys(PENDING_CONFIRM, SENDING, REJECTED, DEAD));
            var ledger = new LedgerTransactions(Objects.requireNonNull(explained.getDataSource()));
            var waiting = new BacklogStatements(explained.client(), ledger, service);
            assertReads(PAGE, () -> waiting.subscriptionWaits("a", 100));
            assertReads(PAGE, () -> waiting.subscriptionWaits("b", 0));
            assertReads(PAGE, () -> waiting.producerWaits("shop", 100, 99));
        }

        private void assertReads(double most, Runnable look) {
            var plans = explained.plansOf(look);
            assertThat(plans.stream()
                            .flatMap(plan -> plan.reads().stream())
                            .mapToDouble(Plan.Read::rows)
                            .sum())
                    .as("%s: rows read by\n%s", situation, plans)
                    .isLessThanOrEqualTo(most);
        }

        private void assertReads(double most, MessageFilter search, int found) {
            var plans = explained.plansOf(
                    () -> assertThat(searches.find(search, LIMIT).ids())
                            .as("%s", search)
                            .hasSize(found));
            var reads = plans.stream().flatMap(plan -> plan.reads().stream()).toList();
            assertThat(reads.stream().mapToDouble(Plan.Read::rows).sum())
                    .as("%s: rows read by %s\n%s", situation, search, plans)
                    .isLessThanOrEqualTo(most);
            var since = Instant.now().minus(Duration.ofDays(3));
            var late = search(search, MessageId.floor(since));
            assertThat(explained.plansOf(() -> searches.find(late, LIMIT)))
                    .flatMap(Plan::reads)
                    .extracting(Plan.Read::day)
                    .as("%s: days read by %s", situation, late)
                    .allMatch(day -> !day.isBefore(LocalDate.ofInstant(since, ZoneOffset.UTC)));
        }
    }

    /** The row at which a read ends is the second of a message whose third is wanted. */
    private void whatIsFoundBehindManyOthersIsFoundOnce() {
        var searches = service.bean(SearchStore.class);
        for (var subscription : List.of("a", "b", "c")) {
            var found = new HashSet<MessageId>();
            var search = new MessageFilter(
                    null,
                    false,
                    false,
                    null,
                    subscription,
                    "small",
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    FIRST,
                    BEYOND_ALL);
            var place = BEYOND_ALL;
            var shortPages = 0;
            for (var page = searches.find(search, 2); ; page = searches.find(search.before(place), 2)) {
                assertThat(page.ids()).allMatch(found::add, "is new");
                if (page.next() == null) {
                    break;
                }
                shortPages += page.isFull() ? 0 : 1;
                place = page.next();
            }
            assertThat(found).hasSize(5);
            assertThat(shortPages).isGreaterThan(10);
        }
        assertThat(searches.count(search(CONSUMED, false, null, null, null, FIRST)))
                .isEqualTo(new SearchStore.Counted(10_000, true));
        assertThat(searches.count(search(DEAD, false, null, null, null, FIRST)))
                .isEqualTo(new SearchStore.Counted(100, false));
        assertThat(searches.count(ofCause(null, null))).isEqualTo(new SearchStore.Counted(100, false));
        assertThat(searches.count(search(null, true, null, null, null, FIRST)))
                .isEqualTo(new SearchStore.Counted(200, false));
    }

    private void nobodyWaitsForeverForADatabaseThatIsBusy() {
        var searches = service.bean(SearchStore.class);
        var refused = service.bean(LedgerTransactions.class).commit(() -> {
            service.jdbc().sql("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE").update();
            return CompletableFuture.supplyAsync(
                            () -> searches.find(search(DEAD, false, null, null, null, FIRST), LIMIT))
                    .handle((found, failure) -> Objects.requireNonNull(failure).getCause())
                    .join();
        });
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE))
                .hasMessageContaining("too busy");
    }

    private static MessageFilter search(
            @Nullable SearchState state,
            boolean isOverdue,
            @Nullable String topic,
            @Nullable String subscription,
            @Nullable String key,
            MessageId first) {
        return new MessageFilter(
                state,
                isOverdue,
                false,
                topic,
                subscription,
                null,
                key,
                null,
                null,
                List.of(),
                null,
                null,
                first,
                BEYOND_ALL);
    }

    private static MessageFilter ofCause(@Nullable SearchState state, @Nullable String producer) {
        return new MessageFilter(
                state, false, false, null, null, producer, null, CAUSE, null, List.of(), null, null, FIRST, BEYOND_ALL);
    }

    private static MessageFilter narrowed(
            @Nullable SearchState state, @Nullable Integer minAttempts, List<UUID> ids, @Nullable Duration olderThan) {
        return new MessageFilter(
                state,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                minAttempts,
                ids,
                olderThan,
                null,
                FIRST,
                BEYOND_ALL);
    }

    private static MessageFilter search(MessageFilter like, MessageId first) {
        return new MessageFilter(
                like.state(),
                like.isOverdue(),
                like.isSuspect(),
                like.topic(),
                like.subscription(),
                like.producer(),
                like.key(),
                like.cause(),
                like.minAttempts(),
                like.ids(),
                like.olderThan(),
                like.to(),
                first,
                BEYOND_ALL);
    }
}
