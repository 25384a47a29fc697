package io.reliablemessage.service.intake;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.PostgresServer.Database;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls share commits, which makes the hot path fast; a single call has its own and does not wait. */
class CommitsTest {

    private static final int CALLS_OF_A_CYCLE = 3;

    /** The service's other commits: looking up keys, opening connections of two pools, jobs. A second one per call were 150. */
    private static final int BESIDES = 120;

    @Test
    void sixtyFourClientsShareCommits() {
        try (var service = Service.start(Map.of())) {
            var route = service.newRoute();
            Parallel.times(64, () -> cycles(route, 5)); // so that both sides are warm
            var before = commits(service);

            Parallel.times(64, () -> cycles(route, 40));

            assertThat((commits(service) - before) / (64.0 * 40 * CALLS_OF_A_CYCLE))
                    .as("commits per request")
                    .isLessThanOrEqualTo(0.2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneClientAloneHasOneCommitPerRequestWithGroupCommitOrWithout(boolean groupCommits) {
        try (var service = Service.start(Map.of("message-service.group-commit.enabled", groupCommits))) {
            var route = service.newRoute();
            cycles(route, 5);
            var before = commits(service);
            var batches = batches(service).count();

            cycles(route, 50);

            assertThat(commits(service) - before).isBetween(50L * CALLS_OF_A_CYCLE, 50L * CALLS_OF_A_CYCLE + BESIDES);
            assertThat(batches(service).count() - batches).isEqualTo(50);
            assertThat(batches(service).max()).isEqualTo(1);
        }
    }

    private static int cycles(MessageFlow route, int count) {
        for (var i = 0; i < count; i++) {
            var id = route.confirmed();
            route.ack(id).is(200);
        }
        return count;
    }

    private static DistributionSummary batches(Service service) {
        return service.bean(MeterRegistry.class)
                .get("reliable.message.group.commit.batch.size")
                .tag("group", "decision")
                .summary();
    }

    /** PostgreSQL's sessions report their commits some time later, and when they end: so the pools' are ended. */
    private static long commits(Service service) {
        try (var connection = connect(service.database());
                var statement = connection.createStatement()) {
            var row = statement.executeQuery("SELECT pg_backend_pid()");
            row.next();
            var own = row.getInt(1);
            var old =
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %d AND backend_start < '%s'"
                            .formatted(own, now(statement));
            for (var pool : service.beans(DataSource.class)) {
                if (pool.isWrapperFor(HikariDataSource.class)) {
                    pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
                }
            }
            await().atMost(ofSeconds(30)).until(() -> number(statement, old) == 0);
            statement.execute("SELECT pg_stat_clear_snapshot()");
            return number(statement, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String now(java.sql.Statement statement) throws SQLException {
        try (var row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static long number(java.sql.Statement statement, String query) throws SQLException {
        try (var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static java.sql.Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }
}
