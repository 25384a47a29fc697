package io.reliablemessage.service.acknowledgement;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session holds locks and says nothing more, as one of a replica that lost power. */
@Tag("faults")
class SilentLockHolderTest {

    private static final Duration LENGTH = ofSeconds(30);
    private static final int CLIENTS = 4;
    private static final int CONNECTIONS = 8;

    private final List<Timed> others = Collections.synchronizedList(new ArrayList<>());
    private final List<Timed> ofLocked = Collections.synchronizedList(new ArrayList<>());
    private int sessions;

    @Test
    void onlyAcksOfLockedDeliveriesFailAndSessionsStayBounded() throws SQLException {
        try (var service = Service.start(Map.of(
                "message-service.database.call-timeout",
                "2s",
                "message-service.database.lock-timeout",
                "500ms",
                "message-service.database.group-commit-connections",
                CONNECTIONS,
                "spring.datasource.hikari.maximum-pool-size",
                CONNECTIONS))) {
            var route = service.newRoute();
            var locked = Stream.generate(route::confirmed).limit(20).toList();
            var database = service.database();
            try (var silent = DriverManager.getConnection(database.url(), database.username(), database.password());
                    var statement = silent.createStatement()) {
                silent.setAutoCommit(false);
                statement.execute("SELECT FROM delivery WHERE message_id IN ('%s') FOR UPDATE"
                        .formatted(String.join("', '", locked)));

                load(service, route, locked);
            }

            assertThat(ofLocked).isNotEmpty().allSatisfy(call -> call.answer().is(UNAVAILABLE));
            assertThat(ofLocked).allSatisfy(call -> assertThat(call.taken()).isLessThan(ofSeconds(6)));
            assertThat(others).allSatisfy(call -> call.answer().is(200));
            assertThat(others).allSatisfy(call -> assertThat(call.taken()).isLessThan(ofSeconds(4)));
            assertThat(others.stream()
                            .filter(call -> call.taken().compareTo(ofSeconds(1)) < 0)
                            .count())
                    .as("acks within a second of %d", others.size())
                    .isGreaterThan(others.size() * 95L / 100);
            assertThat(sessions).as("most sessions at a time").isLessThanOrEqualTo(2 * CONNECTIONS);
            for (var id : locked) {
                await().atMost(ofSeconds(10)).until(() -> route.ack(id).status() == 200);
            }
        }
    }

    private void load(Service service, MessageFlow route, List<String> locked) {
        var end = System.nanoTime() + LENGTH.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < CLIENTS; client++) {
                var number = client;
                var own = IntStream.range(0, locked.size())
                        .filter(i -> i % CLIENTS == number)
                        .mapToObj(locked::get)
                        .toList();
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        var id = route.confirmed();
                        others.add(timed(() -> route.ack(id)));
                    }
                });
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        own.forEach(id -> ofLocked.add(timed(() -> route.ack(id))));
                    }
                });
            }
            while (System.nanoTime() < end) {
                sessions = Math.max(sessions, sessions(service));
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            }
        }
    }

    private static Timed timed(Supplier<Answer> call) {
        var start = System.nanoTime();
        return new Timed(call.get(), Duration.ofNanos(System.nanoTime() - start));
    }

    private static int sessions(Service service) {
        return service.jdbc().sql("""
                SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'message-service'
                """).query(Integer.class).single();
    }

    private record Timed(Answer answer, Duration taken) {}
}
