package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.ids;
import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static io.reliablemessage.spring.internal.settling.OutboxRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.outbox.EpochStore;
import io.reliablemessage.spring.internal.outbox.SettlementStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpochWatchTest {

    @ParameterizedTest
    @EnumSource
    void whatARestoredServiceHasLostComesBack(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind);
                var settling = orders.settling(SettlingEnvironment::nothingIsCertain)) {
            var before = Instant.now();
            var all = orders.rows.commit(rows(250));
            orders.rows.makeDue();
            settling.start();
            await().untilAsserted(() -> assertThat(orders.rows.states()).containsOnly("SENT"));

            orders.service.restore(before);
            assertThat(orders.sent()).isEmpty();
            orders.client().ledger(null); // any answer shows the new epoch

            await().untilAsserted(() -> assertThat(orders.rows.epoch()).isEqualTo("2"));
            await().untilAsserted(() -> assertThat(orders.rows.states()).containsOnly("SENT"));
            assertThat(orders.sent())
                    .containsExactlyInAnyOrderElementsOf(
                            ids(all).stream().map(UUID::toString).toList());
            assertThat(orders.heard.restored).containsExactly("epoch 2: 250 again, 0 without payload");
        }
    }

    @ParameterizedTest
    @EnumSource
    void unsettlesWhatWasSettledSinceTenMinutesBeforeThatPoint(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.client().ledger(null);
            orders.epochWatch().check(orders.store);
            var restoredTo = Instant.now().minus(Duration.ofMinutes(30));
            var longBefore = orders.rows.commit(row());
            var shortlyBefore = orders.rows.commit(row());
            var after = orders.rows.commit(row());
            var refused = orders.rows.commit(row());
            orders.rows.settle("SENT", Duration.ofMinutes(41), List.of(longBefore));
            orders.rows.settle("SENT", Duration.ofMinutes(39), List.of(shortlyBefore));
            orders.rows.settle("SENT", Duration.ofMinutes(1), List.of(after));
            orders.rows.settle("REFUSED", Duration.ofMinutes(1), List.of(refused));

            restored(orders, restoredTo);
            orders.epochWatch().check(orders.store);

            assertThat(orders.rows.states()).containsExactly("SENT", "WAITING", "WAITING", "REFUSED");
            assertThat(new Sweep(orders.settler()).run(orders.store)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatCannotBeSentAgain(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.client().ledger(null);
            orders.epochWatch().check(orders.store);
            orders.rows.settle("SENT", Duration.ofMinutes(1), orders.rows.commit(rows(3)));
            orders.rows.run("UPDATE rm_outbox SET payload = NULL WHERE seq = (SELECT MIN(seq) FROM rm_outbox)");

            restored(orders, Instant.now().minus(Duration.ofMinutes(1)));
            orders.epochWatch().check(orders.store);

            assertThat(orders.heard.restored).containsExactly("epoch 2: 2 again, 1 without payload");
            assertThat(orders.rows.states()).containsExactly("SENT", "WAITING", "WAITING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deathBetweenTwoPagesIsMadeUpFor(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            settledAndRestored(orders, 2 * EpochWatch.PAGE + 10);
            var looks = new AtomicInteger();
            var dying = new EpochWatch(orders.client(), () -> looks.incrementAndGet() > 1, orders.heard);

            dying.check(orders.store);
            assertThat(orders.rows.epoch()).isEqualTo("1");
            assertThat(orders.rows.states()).contains("SENT", "WAITING");
            orders.epochWatch().check(orders.store);

            assertThat(orders.rows.epoch()).isEqualTo("2");
            assertThat(orders.rows.states()).hasSize(2 * EpochWatch.PAGE + 10).containsOnly("WAITING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void replicasUnsettleAtTheSameTime(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            settledAndRestored(orders, EpochWatch.PAGE + 10);

            SweepTest.inParallel(() -> {
                orders.epochWatch().check(orders.store);
                return List.of();
            });

            assertThat(orders.rows.epoch()).isEqualTo("2");
            assertThat(orders.rows.states()).containsOnly("WAITING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLowerEpochIsThatOfAnOldAnswer(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            restored(orders, Instant.now()); // the client has seen 2
            orders.rows.run("UPDATE rm_store SET epoch = '10'");
            var row = orders.rows.commit(row());
            orders.rows.settle("SENT", Duration.ZERO, List.of(row));
            var other = orders.rows.commit(row());

            orders.epochWatch().check(orders.store);
            orders.settler().settle(orders.store, List.of(other), Set.of());

            assertThat(orders.rows.epoch()).isEqualTo("10");
            assertThat(orders.rows.state(row)).isEqualTo("SENT");
            assertThat(orders.rows.state(other)).isEqualTo("WAITING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatAnOldAnswerMarksMeanwhileIsUnsettledAsWell(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind);
                var late = orders.database.getConnection()) {
            settledAndRestored(orders, 1);
            var row = orders.rows.commit(row());
            late.setAutoCommit(false);
            late.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            new EpochStore(orders.store.dialect(), orders.store.tables()).readShared(late);
            new SettlementStore(orders.store.dialect(), orders.store.tables()).settle(late, List.of(row.id()));

            var watch = CompletableFuture.runAsync(() -> check(orders));
            assertThatThrownBy(() -> watch.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            late.commit();
            watch.get(10, TimeUnit.SECONDS);

            assertThat(orders.rows.states()).containsOnly("WAITING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOldAnswerMarksNothingOnceTheUnsettlingIsOver(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            settledAndRestored(orders, 1);
            orders.epochWatch().check(orders.store);
            var row = orders.rows.commit(row());

            var marked = new Marks().write(orders.store, "1", List.of(row.id()), List.of());

            assertThat(marked).isNegative();
            assertThat(orders.rows.state(row)).isEqualTo("WAITING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRowIsNotMarkedWithoutAnEpoch(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var row = orders.rows.commit(row());

            orders.settler().settle(orders.store, List.of(row), Set.of());

            assertThat(orders.rows.state(row)).isEqualTo("SENT");
            assertThat(orders.rows.epoch()).isEqualTo("1");
        }
    }

    @Test
    void epochsAreNumbers() {
        assertThat(Epochs.isHigher("10", "9")).isTrue();
        assertThat(Epochs.isHigher("9", "10")).isFalse();
        assertThat(Epochs.isHigher("010", "10")).isFalse();
        assertThat(Epochs.isHigher("9999999999999999999", "9223372036854775807"))
                .isTrue();
        assertThat(Epochs.isHigher("1", null)).isTrue();
    }

    private static void settledAndRestored(SettlingEnvironment orders, int count) throws Exception {
        orders.client().ledger(null);
        orders.epochWatch().check(orders.store);
        orders.rows.commit(rows(count));
        orders.rows.run("UPDATE rm_outbox SET state = 'SENT', settled_at = "
                + orders.store.dialect().now());
        restored(orders, Instant.now().minus(Duration.ofMinutes(1)));
    }

    private static void restored(SettlingEnvironment orders, Instant to) {
        orders.service.restore(to);
        orders.client().ledger(null);
    }

    private static void check(SettlingEnvironment orders) {
        try {
            orders.epochWatch().check(orders.store);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
