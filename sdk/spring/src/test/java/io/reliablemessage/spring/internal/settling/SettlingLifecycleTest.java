package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static io.reliablemessage.spring.internal.settling.OutboxRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.spring.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlingLifecycleTest {

    private static final String THREADS = "settling";

    private SettlingEnvironment orders;

    @BeforeEach
    void start() throws Exception {
        orders = SettlingEnvironment.on(TestDatabase.H2);
    }

    @AfterEach
    void stop() throws Exception {
        orders.close();
    }

    @Test
    void letsARunningBatchFinish() throws Exception {
        var answer = "{\"id\": \"x\", \"state\": \"SENDING\"}";
        try (var stub = new StubService(200, "application/json", answer, Map.of())) {
            var settling = orders.settling(orders.clientOf(stub.url()), SettlingEnvironment::nothingIsCertain);
            var row = orders.rows.commit(row());
            stub.hang();
            settling.committed(orders.store.id(), List.of(), List.of(row.id()));
            await().untilAsserted(() -> assertThat(stub.calls).hasValue(1));

            var closing = CompletableFuture.runAsync(settling::close);
            stub.goOn();
            closing.join();

            assertThat(orders.rows.state(row)).isEqualTo("SENT");
            assertThat(threads(THREADS)).isEmpty();
        }
    }

    @Test
    void endsWithinFiveSecondsWhileTheServiceHangs() throws Exception {
        try (var stub = new StubService(200, "application/json", "{}", Map.of())) {
            stub.hang();
            var settling = orders.settling(orders.clientOf(stub.url()), SettlingEnvironment::allRolledBack);
            orders.rows.makeDue();
            settling.start();
            settling.committed(
                    orders.store.id(),
                    List.of(),
                    List.of(orders.rows.commit(row()).id()));
            settling.rolledBack(orders.store.id(), List.of(UUID.randomUUID()));
            await().untilAsserted(() -> assertThat(stub.calls).hasValueGreaterThanOrEqualTo(2));

            var start = System.nanoTime();
            settling.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            await().untilAsserted(() -> assertThat(threads(THREADS)).isEmpty());
        }
    }

    @Test
    void whatIsReportedAfterTheEndIsLeftToTheNextStart() throws Exception {
        var settling = orders.settling(SettlingEnvironment::allRolledBack);
        settling.start();
        settling.close();
        var row = orders.rows.commit(row());

        settling.committed(orders.store.id(), List.of(row.id()), List.of());
        settling.rolledBack(orders.store.id(), List.of(row.id()));
        settling.close();

        assertThat(orders.rows.state(row)).isEqualTo("WAITING");
        assertThat(threads(THREADS)).isEmpty();
    }

    @Test
    void aReportNeverBlocksNorThrows() throws Exception {
        var gate = new CountDownLatch(1);
        var settling = new Settling(
                orders.client(),
                orders.requests,
                () -> {
                    awaitUninterrupted(gate);
                    throw new IllegalStateException("as tested");
                },
                SettlingEnvironment::allRolledBack,
                Retention.DEFAULT,
                orders.heard);
        try (settling) {
            var ids = Stream.generate(UUID::randomUUID).limit(1_000).toList();
            for (var i = 0; i < 20; i++) {
                settling.committed("a", ids, ids);
                settling.rolledBack("a", ids);
            }
            gate.countDown();
        }
    }

    @Test
    void aDatabaseThatHangsDelaysNoOther() throws Exception {
        try (var other = SettlingEnvironment.on(TestDatabase.MARIADB)) {
            var settling = new Settling(
                    orders.client(),
                    orders.requests,
                    () -> List.of(other.store, orders.store),
                    SettlingEnvironment::nothingIsCertain,
                    Retention.DEFAULT,
                    orders.heard);
            try (settling;
                    var frozen = TestDatabase.MARIADB.freeze()) {
                orders.rows.commit(rows(10));
                orders.rows.makeDue();

                settling.start();
                settling.committed(other.store.id(), List.of(), List.of(UUID.randomUUID()));

                await().untilAsserted(() -> assertThat(orders.rows.states()).containsOnly("SENT"));
            }
        }
    }

    static List<String> threads(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("reliable-message-" + name))
                .map(thread -> thread.getKey().getName() + " " + Arrays.toString(thread.getValue()))
                .toList();
    }

    private static void awaitUninterrupted(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
