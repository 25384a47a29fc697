package io.reliablemessage.service.message;

import static io.reliablemessage.service.message.DeliveryTransition.ACK;
import static io.reliablemessage.service.message.DeliveryTransition.REJECT;
import static io.reliablemessage.service.message.MessageTransition.CONFIRM;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Route;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.message.DueStore.Unsent;
import io.reliablemessage.service.message.HalfMessage.Timing;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever the planner knows or does not know about thirty days and a million rows in flight: what names ids reads
 * the rows of these ids, in their days, over the primary key.
 */
@Tag("ledger")
class PlansTest {

    private static final List<String> MODES = List.of("force_generic_plan", "force_custom_plan");
    private static final List<Integer> BATCHES = List.of(1, 100);
    private static final double VERSIONS = 10;
    private static final double SMALL_DAY = 2_000;

    /**
     * Half a million pending messages, half a million deliveries being sent, over three weeks, all of one
     * subscription. Today is as full as it will be at midnight: of a few thousand rows a planner may well read all,
     * and how many there are would depend on the hour.
     */
    private static final String FILL = """
            WITH row AS (
                SELECT overlay(uuid_floor(at)::text PLACING to_char(n, 'FM000000000000') FROM 25)::uuid AS id, at
                  FROM (SELECT n, midnight - n * interval '3.6 s' AS at
                          FROM generate_series(1, 500000) n,
                               date_trunc('day', now() + interval '1 day', 'UTC') AS midnight) every
            ), pending AS (
                INSERT INTO message (id, topic, key, producer, payload, content_type, content_hash, decision_due_at, check_due_at)
                SELECT id, :topic, 'A-1', 'shop', '', 'text/plain', sha256(''), at, at FROM row
            )
            INSERT INTO delivery (message_id, subscription, attempts, deliverable_at, due_at)
            SELECT id, :subscription, 1, at, at FROM row
            """;

    private enum Ledger {
        NEW,
        FULL,
        ANALYZED
    }

    private final Service service = Service.start(Map.of());
    private final Route route = service.newRoute();

    @Test
    void whatNamesIdsReadsTheirRowsInTheirDaysByTheirKey() {
        try (service) {
            makeThirtyDaysThatNobodyAnalyzes();
            for (var ledger : Ledger.values()) {
                bring(ledger);
                for (var mode : MODES) {
                    try (var explained = new Explained(service.database(), mode)) {
                        BATCHES.forEach(size -> new Calls(explained, size, "%s, %s".formatted(ledger, mode)).all());
                    }
                }
            }
        }
    }

    private void makeThirtyDaysThatNobodyAnalyzes() {
        service.jdbc()
                .sql("SELECT make_day((now() AT TIME ZONE 'UTC')::date - back) FROM generate_series(8, 21) back")
                .query((row, number) -> number)
                .list();
        service.jdbc().sql("""
                        DO $$
                        DECLARE partition regclass;
                        BEGIN
                            FOR partition IN SELECT inhrelid FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relkind = 'r'
                            LOOP
                                EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', partition);
                            END LOOP;
                        END $$""").update();
    }

    private void bring(Ledger ledger) {
        switch (ledger) {
            case NEW -> {}
            case FULL ->
                service.jdbc()
                        .sql(FILL)
                        .param("topic", route.topic())
                        .param("subscription", route.subscription())
                        .update();
            case ANALYZED -> service.jdbc().sql("ANALYZE message, delivery").update();
        }
    }

    private final class Calls {

        private final Explained explained;
        private final String situation;
        private final PrepareStore prepares;
        private final DecisionStore decisions;
        private final ReceiptStore receipts;
        private final DueStore unsent;
        private final RedeliveryStore deliveries;
        private final CheckClaimStore checks;
        private final CheckAnswerStore answers;
        private final List<MessageId> ids;

        Calls(Explained explained, int size, String situation) {
            this.explained = explained;
            this.situation = "%s, %d at once".formatted(situation, size);
            var jdbc = explained.client();
            var contents = service.bean(ContentReader.class);
            var properties = service.bean(LedgerProperties.class);
            prepares = new PrepareStore(jdbc, new JsonMapper(), properties);
            decisions = new DecisionStore(jdbc, contents, properties);
            receipts = new ReceiptStore(jdbc, new Progress(jdbc));
            unsent = new DueStore(jdbc);
            deliveries = new RedeliveryStore(jdbc, contents, properties);
            checks = new CheckClaimStore(jdbc);
            answers = new CheckAnswerStore(jdbc);
            var threeDaysAgo = Instant.now().minus(Duration.ofDays(3));
            ids = IntStream.range(0, size)
                    .mapToObj(i -> i % 2 == 0 ? MessageId.of(Route.newId()) : idOf(threeDaysAgo))
                    .toList();
        }

        void all() {
            var messages = ids.stream().map(this::message).toList();
            var confirmations = ids.stream()
                    .map(id -> new DecisionRequest(id, "shop", "shop", CONFIRM))
                    .toList();
            readNothingElse("prepare", () -> prepares.prepare(messages));
            readNothingElse("prepare again", () -> prepares.prepare(messages));
            ask();
            var dispatches = new ArrayList<Dispatch>();
            readNothingElse(
                    "confirm",
                    () -> decisions.decide(confirmations, true).stream()
                            .map(Decided.Applied.class::cast)
                            .forEach(applied -> dispatches.addAll(applied.dispatches())));
            assertThat(dispatches).hasSameSizeAs(ids);
            readNothingElse("confirm again", () -> decisions.decide(confirmations, true));
            var failed = dispatches.stream().map(Unsent::outOfReach).toList();
            readNothingElse("give back", () -> unsent.giveBack(failed));
            readNothingElse("ack", () -> settled(ack(route.subscription(), ids.subList(0, (ids.size() + 1) / 2))));
            readNothingElse("reject", () -> receipts.settle(reject(ids)));
            readNothingElse("ack of the only one", () -> receipts.settle(ack(null, ids)));
            claim("claim", () -> deliveries.takeUp(route.subscription(), ids.size(), false));
            claim("claim of what was never sent", () -> deliveries.takeUpNeverSent(route.subscription(), ids.size()));
        }

        private void ask() {
            service.jdbc()
                    .sql("UPDATE message SET check_due_at = 'epoch' WHERE id = ANY (:ids)")
                    .param("ids", SqlArrays.of("uuid", ids, MessageId::value))
                    .update();
            var leases = new ArrayList<CheckAnswerStore.Lease>();
            var plans = explained.plansOf(() -> checks.claim("shop", ids.size(), 1, Duration.ofSeconds(20))
                    .ifPresent(claimed -> leases.add(new CheckAnswerStore.Lease(claimed.lease(), "shop", ids))));
            assertThat(leases).hasSize(1);
            assertReads("lease of asks", plans, ids);
            var unknown = new TreeMap<MessageId, String>();
            ids.forEach(id -> unknown.put(id, "UNKNOWN"));
            readNothingElse(
                    "settle",
                    () -> assertThat(answers.settle(
                                    leases.getFirst(), unknown, Duration.ofSeconds(20), Duration.ofMinutes(5)))
                            .isTrue());
            readNothingElse("late report", () -> answers.noteLate(leases.getFirst(), unknown));
        }

        private void claim(String call, Supplier<RedeliveryStore.Taken> claim) {
            var claimed = new ArrayList<MessageId>();
            var plans =
                    explained.plansOf(() -> claim.get().dispatches().forEach(dispatch -> claimed.add(dispatch.id())));
            assertThat(plans).hasSize(1);
            assertReads(call, plans, claimed);
        }

        private void readNothingElse(String call, Runnable statements) {
            var plans = explained.plansOf(statements);
            assertThat(plans).as("plans of " + call).isNotEmpty();
            assertReads(call, plans, ids);
        }

        private void assertReads(String call, List<Plan> plans, List<MessageId> named) {
            var days = days(named);
            for (var plan : plans) {
                assertThat(plan.reads())
                        .as("%s: %s\n%s", situation, call, plan.sql())
                        .allSatisfy(read -> {
                            assertThat(read.index()).doesNotContain("due_at");
                            assertThat(read.day()).isBetween(days.first(), days.last()); // the bounds of the ids
                            assertThat(read.rows()).isLessThanOrEqualTo(mostRows(named.size()));
                        });
            }
        }

        /**
         * So many times each row: an index knows its older versions, too. The oldest day has what the hour of the
         * test leaves to it; a small one is rightly read as a whole.
         */
        private static double mostRows(int named) {
            return Math.max(SMALL_DAY, VERSIONS * named);
        }

        private HalfMessage message(MessageId id) {
            var timing = new Timing(null, null, null, null);
            return new HalfMessage(
                    id, "shop", route.topic(), "A-1", new byte[1], "a/b", Map.of(), new byte[32], timing, Trace.NONE);
        }

        private void settled(List<ReceiptRequest> requests) {
            assertThat(receipts.settle(requests)).allMatch(Receipt.Applied.class::isInstance);
        }
    }

    private static List<ReceiptRequest> ack(@Nullable String subscription, List<MessageId> ids) {
        return ids.stream()
                .map(id -> new ReceiptRequest(id, subscription, "points", ACK, null))
                .toList();
    }

    private List<ReceiptRequest> reject(List<MessageId> ids) {
        return ids.stream()
                .map(id -> new ReceiptRequest(id, route.subscription(), "points", REJECT, "NO"))
                .toList();
    }

    private static MessageId idOf(Instant time) {
        var random = UUID.randomUUID();
        var high = time.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0x0fff);
        return new MessageId(new UUID(high, random.getLeastSignificantBits()));
    }

    private static SortedSet<LocalDate> days(List<MessageId> ids) {
        return ids.stream()
                .map(id -> Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16)
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate())
                .collect(toCollection(TreeSet::new));
    }
}
