package io.reliablemessage.service.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.acknowledgement.AckStatements;
import io.reliablemessage.service.admin.action.ActionStatements;
import io.reliablemessage.service.checkback.CheckbackStatements;
import io.reliablemessage.service.decision.DecisionStatements;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.publishing.GiveBackStatements;
import io.reliablemessage.service.redelivery.ClaimStatements;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A statement that finds a row changed since its snapshot looks at it again. PostgreSQL 18 reads freed memory then, and
 * may crash, if the statement also prunes partitions by its own results.
 */
@Tag("ledger")
class RecheckTest {

    private static final String GENERIC = "SET plan_cache_mode = force_generic_plan";

    private static Service service;

    private MessageFlow route;

    @BeforeAll
    static void start() {
        service = Service.start(Map.of("message-service.group-commit.enabled", "false"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void newRoute() {
        service.jdbc()
                .sql(
                        "UPDATE message SET check_due_at = 'infinity', decision_due_at = 'infinity' WHERE state = 'PENDING_CONFIRM'")
                .update();
        route = service.newRoute();
    }

    @Test
    void noStatementThatLocksRowsPrunesByItsOwnResults() {
        var ids = pending(3);
        try (var explained = new Explained(service.database(), "force_generic_plan")) {
            var jdbc = explained.client();
            var acks = new AckStatements(jdbc);
            var actions = new ActionStatements(jdbc, service.bean(LedgerProperties.class));
            var checkbacks = new CheckbackStatements(jdbc);
            var decisions = new DecisionStatements(
                    jdbc, service.bean(ContentReader.class), service.bean(LedgerProperties.class));

            var failedSends = new GiveBackStatements(jdbc);
            var claims = claims(jdbc);

            var plans = explained.plansOf(() -> {
                assertThat(actions.wantCheckbacks("shop")).isEqualTo(3);
                assertThat(checkbacks.leaseOf("shop")).isEqualTo(3);
                checkbacks.settleAsUnknown();
                checkbacks.noteLate();
                var dispatches = decisions.confirm(ids);
                assertThat(dispatches).hasSize(3);
                failedSends.giveBack(dispatches);
                assertThat(claims.takeUp(route.subscription(), 3)).hasSize(3);
                acks.reject(route.subscription(), ids);
                actions.reviveAll(route.subscription(), ids);
                acks.reject(route.subscription(), ids);
                assertThat(actions.revive(ids.getFirst())).isOne();
                actions.discardAll(route.subscription(), ids);
                acks.ackAll(route.subscription(), ids);
            });

            assertThat(plans)
                    .filteredOn(Plan::locksRows)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(plan -> assertThat(plan.prunes()).as(plan.sql()).isEmpty());
        }
    }

    /** EXECUTE takes its snapshot before it waits for the table: what is committed meanwhile is a change to it. */
    @Test
    void aClaimThatCommitsBetweenSnapshotAndFirstRowIsLookedAtAgain() throws Exception {
        var ids = pending(3);
        String lock;
        try (var explained = new Explained(service.database(), "force_generic_plan")) {
            var checkbacks = new CheckbackStatements(explained.client());
            lock = explained
                    .plansOf(() -> checkbacks.leaseOf("nobody"))
                    .getFirst()
                    .sql();
            assertThat(lock).contains("FOR UPDATE");
        }
        try (var claims = connection("simple");
                var other = connection("simple")) {
            run(claims, GENERIC);
            run(claims, "PREPARE claim (text, int, text, int) AS " + lock);
            for (var round = 0; round < 5; round++) {
                var taken = ids.get(round % 3);
                dueNow(ids);
                other.setAutoCommit(false);
                run(other, "LOCK TABLE message IN ACCESS EXCLUSIVE MODE");
                run(other, "UPDATE message SET check_due_at = 'infinity' WHERE id = '%s'".formatted(taken));
                var locked = CompletableFuture.supplyAsync(() -> ids(claims, "EXECUTE claim ('shop', 2, 'shop', 100)"));
                awaitOneThatWaits();
                other.commit();

                assertThat(locked.get(10, TimeUnit.SECONDS))
                        .containsExactlyInAnyOrderElementsOf(ids.stream()
                                .filter(id -> !id.equals(taken))
                                .map(MessageId::toString)
                                .toList());
            }
        }
        assertServerLives();
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void whatOthersChangeMeanwhileIsLookedAtAgain(String queryMode) throws Exception {
        var ids = pending(3);
        race(queryMode, ids, "UPDATE message SET decision_due_at = now() WHERE id = '%s'", jdbc -> {
            var checkbacks = new CheckbackStatements(jdbc);
            dueNow(ids);
            assertThat(checkbacks.leaseOf("shop")).isPositive(); // what is locked is skipped
        });
        dueNow(ids);
        try (var connection = connection(queryMode)) {
            var checkbacks = new CheckbackStatements(client(connection));
            assertThat(checkbacks.leaseOf("shop")).isEqualTo(3);
            race(
                    queryMode,
                    ids,
                    "UPDATE message SET check_attempts = 7 WHERE id = '%s'",
                    checkbacks::settleAsUnknownWith);
            race(queryMode, ids, "UPDATE message SET check_attempts = 7 WHERE id = '%s'", checkbacks::noteLateWith);
        }
        race(
                queryMode,
                ids,
                "UPDATE message SET check_attempts = 7 WHERE id = '%s'",
                jdbc -> assertThat(new DecisionStatements(
                                        jdbc, service.bean(ContentReader.class), service.bean(LedgerProperties.class))
                                .confirm(ids))
                        .hasSize(3));
        var touch = "UPDATE delivery SET refusals = refusals + 1 WHERE message_id = '%s'";
        ids.forEach(id -> route.overdue(id.toString(), 60));
        race(
                queryMode,
                ids,
                touch,
                jdbc -> assertThat(claims(jdbc).takeUp(route.subscription(), 3))
                        .hasSize(2)); // what is locked is skipped
        race(queryMode, ids, touch, jdbc -> new AckStatements(jdbc).reject(route.subscription(), ids));
        race(queryMode, ids, touch, jdbc -> actions(jdbc).reviveAll(route.subscription(), ids));
        race(queryMode, ids, touch, jdbc -> actions(jdbc).discardAll(route.subscription(), ids));
        race(queryMode, ids, touch, jdbc -> new AckStatements(jdbc).ackAll(route.subscription(), ids));

        assertThat(ids)
                .allSatisfy(id -> assertThat(route.get(id.toString())
                                .body()
                                .at("/deliveries/0/state")
                                .asString())
                        .isEqualTo(DeliveryState.CONSUMED.name()));
        assertServerLives();
    }

    private static ClaimStatements claims(JdbcClient jdbc) {
        return new ClaimStatements(jdbc, service.bean(ContentReader.class), service.bean(LedgerProperties.class));
    }

    private static ActionStatements actions(JdbcClient jdbc) {
        return new ActionStatements(jdbc, service.bean(LedgerProperties.class));
    }

    /** Runs statements while somebody else holds a row that they need, and then commits a change of it. */
    private static void race(String queryMode, List<MessageId> ids, String change, Consumer<JdbcClient> statements)
            throws Exception {
        try (var connection = connection(queryMode);
                var other = connection(queryMode)) {
            run(connection, GENERIC);
            other.setAutoCommit(false);
            run(other, change.formatted(ids.get(1)));
            var done = CompletableFuture.runAsync(() -> statements.accept(client(connection)));
            await().atMost(Duration.ofSeconds(10)).until(() -> done.isDone() || somebodyWaits());
            other.commit();
            done.get(10, TimeUnit.SECONDS);
        }
    }

    private List<MessageId> pending(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(i -> MessageId.of(route.pending()))
                .sorted()
                .toList();
        dueNow(ids);
        return ids;
    }

    private static void dueNow(List<MessageId> ids) {
        service.jdbc()
                .sql("UPDATE message SET check_due_at = now(), decision_due_at = now() WHERE id::text IN (:ids)")
                .param("ids", ids.stream().map(MessageId::toString).toList())
                .update();
        service.jdbc().sql("DELETE FROM checkback_lease").update();
    }

    private static Connection connection(String queryMode) throws SQLException {
        var database = service.database();
        var mark = database.url().contains("?") ? "&" : "?";
        return DriverManager.getConnection(
                database.url() + mark + "preferQueryMode=" + queryMode, database.username(), database.password());
    }

    private static JdbcClient client(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> ids(Connection connection, String sql) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var ids = new java.util.ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void awaitOneThatWaits() {
        await().atMost(Duration.ofSeconds(10)).until(RecheckTest::somebodyWaits);
    }

    private static boolean somebodyWaits() {
        return service.jdbc()
                .sql(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private static void assertServerLives() {
        assertThat(service.jdbc().sql("SELECT 1").query(Integer.class).single()).isOne();
    }
}
