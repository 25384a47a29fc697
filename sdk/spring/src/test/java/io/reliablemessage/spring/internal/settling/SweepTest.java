package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.ids;
import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static io.reliablemessage.spring.internal.settling.OutboxRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.RetentionStore;
import io.reliablemessage.spring.internal.outbox.SettlementStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SweepTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int REPLICAS = 4;

    @ParameterizedTest
    @EnumSource
    void theSweepFindsWhatADeadProcessLeft(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var left = orders.rows.commit(rows(250));
            orders.client().prepare(orders.requests.of(left.get(0), orders.store.id()));
            orders.rows.makeDue();

            try (var settling = orders.settling(SettlingEnvironment::nothingIsCertain)) {
                settling.start();
                await().untilAsserted(() -> assertThat(orders.rows.states()).containsOnly("SENT"));
            }

            assertThat(orders.sent())
                    .containsExactlyInAnyOrderElementsOf(
                            ids(left).stream().map(UUID::toString).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesARowAloneThatItsOwnThreadMayBeSettling(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.rows.commit(row());

            assertThat(new Sweep(orders.settler()).run(orders.store)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRowIsClaimedByOneOfTwoSweepsOnly(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var all = orders.rows.commit(rows(300));
            orders.rows.makeDue();

            var claimed = inParallel(() -> {
                var mine = new ArrayList<UUID>();
                for (var emptyHanded = 0; emptyHanded < 20; ) {
                    var page = claim(orders);
                    emptyHanded = page.isEmpty() ? emptyHanded + 1 : 0;
                    mine.addAll(ids(page));
                }
                return mine;
            });

            assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids(all));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatADeadProcessHasClaimedIsFreeAfterTheLease(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.rows.commit(rows(3));
            orders.rows.makeDue();

            assertThat(claim(orders)).hasSize(3);
            assertThat(claim(orders)).isEmpty();
            orders.rows.makeDue();
            assertThat(claim(orders)).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProducerDoesNotWaitForAClaim(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.rows.commit(rows(50));
            orders.rows.makeDue();

            orders.store.inTransaction(connection -> {
                var claimed = settlements(orders).claim(connection, UUID.randomUUID(), 20, LEASE);
                assertThat(claimed).hasSize(20);
                try (var producer = producer(orders, kind)) {
                    orders.rows.insert(producer, rows(20));
                    producer.commit();
                }
                return claimed;
            });

            assertThat(orders.rows.states()).hasSize(70);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingWaitsForAProducersOpenTransaction(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var old = orders.rows.commit(rows(20));
            orders.rows.makeDue();
            var cleaned = orders.rows.commit(rows(20));
            orders.rows.settle("SENT", Duration.ofDays(8), cleaned);

            try (var producer = producer(orders, kind)) {
                orders.rows.insert(producer, rows(20));

                var start = System.nanoTime();
                assertThat(new Sweep(orders.settler()).run(orders.store)).isEqualTo(old.size());
                var retention = new RetentionStore(orders.store.dialect(), orders.store.tables());
                assertThat(orders.store.<Integer>inTransaction(
                                connection -> retention.clear(connection, Duration.ofDays(1), 500)))
                        .isEqualTo(20);
                assertThat(orders.store.<Integer>inTransaction(connection ->
                                retention.delete(connection, RetentionStore.Kind.SENT, Duration.ofDays(7), 500)))
                        .isEqualTo(20);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
                producer.commit();
            }

            assertThat(orders.rows.states()).hasSize(40);
        }
    }

    /** As applications are by default, and not patient. */
    private static Connection producer(SettlingEnvironment orders, TestDatabase kind) throws SQLException {
        var connection = orders.database.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            switch (kind) {
                case POSTGRESQL -> statement.execute("SET LOCAL lock_timeout = '1s'");
                case MARIADB -> statement.execute("SET SESSION innodb_lock_wait_timeout = 1");
                case H2 -> statement.execute("SET LOCK_TIMEOUT 1000");
            }
        }
        if (kind == TestDatabase.MARIADB) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        return connection;
    }

    private static SettlementStore settlements(SettlingEnvironment orders) {
        return new SettlementStore(orders.store.dialect(), orders.store.tables());
    }

    private static List<OutboxRow> claim(SettlingEnvironment orders) throws SQLException {
        return orders.store.inTransaction(
                connection -> settlements(orders).claim(connection, UUID.randomUUID(), 20, LEASE));
    }

    static <T> List<T> inParallel(Callable<List<T>> task) throws Exception {
        var barrier = new CyclicBarrier(REPLICAS);
        var threads = Executors.newFixedThreadPool(REPLICAS);
        try {
            var futures = threads.invokeAll(IntStream.range(0, REPLICAS)
                    .mapToObj(i -> (Callable<List<T>>) () -> {
                        barrier.await();
                        return task.call();
                    })
                    .toList());
            var all = new ArrayList<T>();
            for (var future : futures) {
                all.addAll(future.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
