package io.reliablemessage.service.epoch;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.Headers;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer to a producer carries the epoch that was known when the call arrived. */
@Tag("ledger")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpochHeaderTest {

    private static final int TOO_MANY_BYTES = 8 * 1024 * 1024 + 1;

    private final Service service = Service.start(Map.of());
    private final MessageFlow route = service.newRoute();

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void callsThatAreDoneCarryIt() {
        var id = MessageFlow.newId();

        carries(route.prepare(id).is(201));
        carries(route.confirm(id).is(200));
        carries(route.get(id).is(200));
        carries(route.ack(id).is(200));
        carries(service.as(Key.PRODUCER).put("/application", Map.of()).is(200));
        carries(service.as(Key.PRODUCER).get("/ledger").is(200));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /messages/00000000-0000-7000-8000-000000000000, PRODUCER, 404",
        "GET, /messages/nonsense, PRODUCER, 404",
        "GET, /messages/confirm, PRODUCER, 405",
        "POST, /messages/prepare, PRODUCER, 415",
        "DELETE, /topics/none, PRODUCER, 404",
        "GET, /ledger, CONSUMER, 403",
        "GET, /ledger?since=x, PRODUCER, 422",
        "OPTIONS, /messages, PRODUCER, 200"
    })
    void soDoCallsThatAreRefused(String method, String path, Key key, int status) {
        carries(Api.exchange(service.as(key).request(path).method(method, BodyPublishers.noBody()))
                .is(status));
    }

    @Test
    void soDoCallsThatAreRefusedBeforeTheyAreRead() {
        carries(service.asNobody().get("/messages/" + MessageFlow.newId()).is(401));
        carries(service.asNobody().get("/ledger").is(401));
        carries(service.as(Key.CONSUMER).post("/messages/prepare", Map.of()).is(403));
        carries(service.as(Key.CONSUMER).put("/topics/none", Map.of()).is(403));
        carries(service.as(Key.PRODUCER).put("/subscriptions/none", Map.of()).is(403));
        carries(service.as(Key.CONSUMER).put("/application", Map.of()).is(403));
        carries(service.as(Key.PRODUCER)
                .post("/messages/prepare", new byte[TOO_MANY_BYTES])
                .is(413));
        carries(service.as(Key.PRODUCER).post("/messages/prepare", "{").is(400));
        carries(service.as(Key.PRODUCER).get("/messages//x").is(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/overview", "/actuator/health", "/problems/unavailable", "/nowhere", "/ledgers"})
    void othersDoNot(String path) {
        assertThat(epochOf(service.as(Key.EVERYTHING).get(path))).isEmpty();
    }

    /** The filter's comment says why: what was committed before a restore must not look newer than the restore. */
    @Test
    void aCallThatWaitsWhileAnEpochBeginsCarriesTheOneBefore() throws SQLException {
        var id = route.pending();
        var before = cached();
        var database = service.database();
        try (var holder = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = holder.createStatement();
                var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM message WHERE id = '%s' FOR UPDATE".formatted(id));
            var waiting = supplyAsync(() -> route.confirm(id), thread);
            await().atMost(ofSeconds(20)).until(this::somebodyWaitsForALock);

            begin();
            await().atMost(ofSeconds(20)).until(() -> !cached().equals(before));
            holder.commit();

            assertThat(epochOf(waiting.join().is(200))).hasValue(before);
            assertThat(epochOf(route.get(id).is(200))).hasValue(cached());
        }
    }

    @Test
    void withoutTheDatabaseTheLastKnownOneStays() {
        var name = service.database().name();
        var epoch = cached();
        administer("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(name));
        try {
            await().atMost(ofSeconds(20))
                    .until(() -> service.as(Key.PRODUCER).get("/ledger").status() == 503);

            var answer = service.as(Key.PRODUCER).get("/ledger").is(UNAVAILABLE);

            assertThat(epochOf(answer)).hasValue(epoch);
        } finally {
            administer("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
        }
        await().atMost(ofSeconds(20))
                .until(() -> service.as(Key.PRODUCER).get("/ledger").status() == 200);
        begin();
        await().atMost(ofSeconds(20)).until(() -> !cached().equals(epoch));
        await().atMost(ofSeconds(20))
                .until(() -> route.prepare(MessageFlow.newId()).status() == 201);
    }

    private void carries(Answer answer) {
        assertThat(epochOf(answer)).hasValue(cached());
    }

    private String cached() {
        return Optional.ofNullable(service.bean(EpochCache.class).text()).orElseThrow();
    }

    private static Optional<String> epochOf(Answer answer) {
        assertThat(answer.headers().allValues(Headers.EPOCH)).hasSizeLessThan(2);
        return answer.headers().firstValue(Headers.EPOCH);
    }

    private boolean somebodyWaitsForALock() {
        return service.jdbc().sql("""
                SELECT count(*) > 0 FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event <> 'advisory'
                """).query(Boolean.class).single();
    }

    private void begin() {
        LedgerCopy.run(service, """
                INSERT INTO ledger_epoch (epoch, restored_to, cause, server)
                SELECT max(epoch) + 1, now(), 'OPERATOR', ledger_server() FROM ledger_epoch
                """);
    }

    private void administer(String sql) {
        var database = service.database();
        var url = database.url().replace("/" + database.name(), "/postgres");
        try (var connection = DriverManager.getConnection(url, database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
