package io.reliablemessage.service.platform.database;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.Infrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which work uses which connections to the database. */
@Tag("ledger")
@ExtendWith(OutputCaptureExtension.class)
class ConnectionsTest {

    @Test
    void messagesAreStoredWhileJobsAndSearchesUseUpTheirConnections(CapturedOutput output) throws SQLException {
        try (var service = Service.start(
                Map.of("spring.datasource.hikari.maximum-pool-size", 2, "message-service.database.replicas", 50))) {
            var route = service.newRoute();
            route.ack(route.confirmed()).is(200); // so that the keys are known
            var general = service.bean(DataSource.class);
            try (var one = general.getConnection();
                    var other = general.getConnection()) {
                assertThat(one.isValid(1) && other.isValid(1)).isTrue();

                var id = route.confirmed();
                route.ack(id).is(200);
                service.as(Key.PRODUCER)
                        .post("/messages", route.message(MessageFlow.newId()))
                        .is(201);
            }
            assertThat(service.bean(MeterRegistry.class)
                            .get("hikaricp.connections.acquire")
                            .tag("pool", "group-commit")
                            .timer()
                            .count())
                    .isPositive();
            assertThat(settings(general)).containsEntry("lock_timeout", "3s");
            for (var pool : service.beans(DataSource.class)) {
                assertThat(settings(pool)).containsEntry("client_connection_check_interval", "5s");
            }
            assertThat(output).contains("PostgreSQL has too few connections for all replicas");
        }
    }

    private static Map<String, String> settings(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_setting('lock_timeout'),"
                        + " current_setting('client_connection_check_interval')")) {
            row.next();
            return Map.of("lock_timeout", row.getString(1), "client_connection_check_interval", row.getString(2));
        }
    }

    @Test
    void moreConnectionsThanTheDatabaseHasAreRefused() {
        var settings = Map.<String, Object>of(
                "spring.datasource.hikari.maximum-pool-size", 60,
                "message-service.database.group-commit-connections", 60);

        assertThatThrownBy(() -> Service.start(settings))
                .rootCause()
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("may open 120 connections");
    }

    @Test
    void aMigrationMayWaitLongerThanCallsAndJobs() throws SQLException {
        var database = Infrastructure.postgres().newDatabase();
        Service.start(database, Map.of()).close();
        var isLocked = new CountDownLatch(1);
        try (var other = DriverManager.getConnection(database.url(), database.username(), database.password())) {
            other.setAutoCommit(false);
            var locking = Thread.ofVirtual().start(() -> lockFor(other, isLocked));
            await(isLocked);

            Service.start(database, Map.of("spring.datasource.hikari.data-source-properties.socketTimeout", 1))
                    .close();

            assertThat(locking.isAlive()).isFalse();
        }
    }

    private static void lockFor(Connection connection, CountDownLatch isLocked) {
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE schema_history");
            isLocked.countDown();
            statement.execute("SELECT pg_sleep(10)"); // the rest of a start takes some of it
            connection.rollback();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(CountDownLatch latch) {
        org.awaitility.Awaitility.await().pollInterval(ofMillis(10)).until(() -> latch.getCount() == 0);
    }

    @Test
    void aConnectionThatDoesNotCommitByItselfIsNeverUsed() throws SQLException {
        var database = Infrastructure.postgres().newDatabase();
        var pool = new SingleConnectionDataSource(database.url(), database.username(), database.password(), true);
        pool.setAutoCommit(false);

        assertThatThrownBy(new CallTimeoutDataSource(pool)::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("commit");

        pool.destroy();
    }
}
