package io.reliablemessage.service.platform.database;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.platform.problem.Refusal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calls do not wait for an unavailable database, and are never answered with success. */
@Tag("ledger")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerAwayTest {

    /** Two seconds to wait for a connection, and some for a busy machine. */
    private static final Duration MAX_WAIT = ofSeconds(3);

    private final Service service = Service.start(Map.of());
    private MessageFlow route = service.newRoute();

    @BeforeEach
    void theLedgerIsThere() {
        await().atMost(ofSeconds(20)).until(() -> readiness() == 200);
        route = service.newRoute();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void aCallWithAKnownKeyIsToldToComeAgain() {
        var id = route.pending();

        away(() -> {
            unavailableInTime(() -> route.prepare(MessageFlow.newId()));
            unavailableInTime(() -> route.confirm(id));
            unavailableInTime(() -> route.get(id));
        });

        recovers(id);
    }

    @Test
    void soIsACallWithAKeyThatWasNeverSeen() {
        away(() -> unavailableInTime(() -> service.as(Key.EVERYTHING).get("/messages/" + MessageFlow.newId())));

        await().atMost(ofSeconds(20))
                .until(() -> service.as(Key.EVERYTHING)
                                .get("/messages/" + MessageFlow.newId())
                                .status()
                        == 404);
    }

    @Test
    void manyCallsWithOneUnseenKeyDoNotWaitForEachOther() {
        away(() -> {
            var answers = Parallel.times(
                    16, () -> inTime(() -> service.as(Key.OTHER_PRODUCER).get("/messages/" + MessageFlow.newId())));

            assertThat(answers).allSatisfy(answer -> Refusal.of(UNAVAILABLE, answer));
        });
    }

    @Test
    void theServiceIsAliveAndNotReady() {
        away(() -> {
            assertThat(readiness()).isEqualTo(503);
            var alive = inTime(() -> service.asNobody().get("/actuator/health/liveness"));
            assertThat(alive.is(200).text("status")).isEqualTo("UP");
        });

        await().atMost(ofSeconds(20)).until(() -> readiness() == 200);
    }

    private void recovers(String id) {
        await().atMost(ofSeconds(20)).until(() -> route.confirm(id).status() == 200);
        await().atMost(ofSeconds(20)).until(() -> route.get(id).status() == 200); // over other connections
    }

    private int readiness() {
        return service.asNobody().get("/actuator/health/readiness").status();
    }

    private static void unavailableInTime(Callable<Answer> call) {
        var answer = Refusal.of(UNAVAILABLE, inTime(call));

        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
    }

    private static Answer inTime(Callable<Answer> call) {
        var start = System.nanoTime();
        try {
            var answer = call.call();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_WAIT);
            return answer;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void away(Runnable meanwhile) {
        var database = service.database().name();
        administer("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(database));
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(database));
        try {
            meanwhile.run();
        } finally {
            administer("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(database));
        }
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
