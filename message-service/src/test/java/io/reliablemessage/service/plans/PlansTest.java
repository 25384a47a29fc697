package io.reliablemessage.service.plans;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.acknowledgement.AckStatements;
import io.reliablemessage.service.checkback.CheckbackStatements;
import io.reliablemessage.service.decision.DecisionStatements;
import io.reliablemessage.service.intake.PrepareStatements;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.publishing.GiveBackStatements;
import io.reliablemessage.service.redelivery.ClaimStatements;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With any statistics about thirty days and a million open rows: statements with ids read the rows of these ids, in
 * their days, over the primary key.
 */
@Tag("ledger")
@Tag("slow")
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
                          FROM generate_series(:from, :from + 49999) n,
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
    private final MessageFlow route = service.newRoute();

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
            case FULL -> fill();
            case ANALYZED -> service.jdbc().sql("ANALYZE message, delivery").update();
        }
    }

    /** In parts: on a slow machine one statement for all would outlast the pool's socket timeout. */
    private void fill() {
        for (var from = 1; from < 500_000; from += 50_000) {
            service.jdbc()
                    .sql(FILL)
                    .param("from", from)
                    .param("topic", route.topic())
                    .param("subscription", route.subscription())
                    .update();
        }
    }

    private final class Calls {

        private final Explained explained;
        private final String situation;
        private final PrepareStatements prepares;
        private final DecisionStatements decisions;
        private final AckStatements acks;
        private final GiveBackStatements failedSends;
        private final ClaimStatements claims;
        private final CheckbackStatements checkbacks;
        private final List<MessageId> ids;

        Calls(Explained explained, int size, String situation) {
            this.explained = explained;
            this.situation = "%s, %d at once".formatted(situation, size);
            var jdbc = explained.client();
            var contents = service.bean(ContentReader.class);
            var properties = service.bean(LedgerProperties.class);
            prepares = new PrepareStatements(jdbc, properties);
            decisions = new DecisionStatements(jdbc, contents, properties);
            acks = new AckStatements(jdbc);
            failedSends = new GiveBackStatements(jdbc);
            claims = new ClaimStatements(jdbc, contents, properties);
            checkbacks = new CheckbackStatements(jdbc);
            var threeDaysAgo = Instant.now().minus(Duration.ofDays(3));
            ids = IntStream.range(0, size)
                    .mapToObj(i -> i % 2 == 0 ? MessageId.of(MessageFlow.newId()) : idOf(threeDaysAgo))
                    .toList();
        }

        void all() {
            readNothingElse("prepare", () -> prepares.prepare(route.topic(), ids));
            readNothingElse("prepare again", () -> prepares.prepare(route.topic(), ids));
            ask();
            var dispatches = new ArrayList<Dispatch>();
            readNothingElse("confirm", () -> dispatches.addAll(decisions.confirm(ids)));
            assertThat(dispatches).hasSameSizeAs(ids);
            readNothingElse(
                    "confirm again", () -> assertThat(decisions.confirm(ids)).isEmpty());
            readNothingElse("give back", () -> failedSends.giveBack(dispatches));
            readNothingElse("ack", () -> acks.ackAll(route.subscription(), ids.subList(0, (ids.size() + 1) / 2)));
            readNothingElse("reject", () -> acks.reject(route.subscription(), ids));
            readNothingElse("ack of the only one", () -> acks.ack(null, ids));
            claim("claim", () -> claims.takeUp(route.subscription(), ids.size()));
            claim("claim of what was never sent", () -> claims.takeUpNeverSent(route.subscription(), ids.size()));
        }

        private void ask() {
            service.jdbc()
                    .sql("UPDATE message SET check_due_at = 'epoch' WHERE id = ANY (:ids)")
                    .param("ids", SqlArrays.of("uuid", ids, MessageId::value))
                    .update();
            readNothingElse("lease of asks", () -> checkbacks.lease(ids));
            readNothingElse("settle", checkbacks::settleAsUnknown);
            readNothingElse("late report", checkbacks::noteLate);
        }

        private void claim(String call, Supplier<List<MessageId>> claim) {
            var claimed = new ArrayList<MessageId>();
            var plans = explained.plansOf(() -> claimed.addAll(claim.get()));
            assertThat(plans)
                    .as("terms, lock, and claim, if there is something")
                    .hasSizeBetween(2, 3);
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
                var looksForDue = plan.sql().contains("SKIP LOCKED");
                assertThat(plan.reads())
                        .as("%s: %s\n%s", situation, call, plan.sql())
                        .allSatisfy(read -> {
                            if (looksForDue) { // on all days, over the index of what is due
                                assertThat(read.index()).contains("due_at");
                            } else {
                                assertThat(read.index()).doesNotContain("due_at");
                                assertThat(read.day()).isBetween(days.first(), days.last()); // the bounds of the ids
                            }
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
