package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.ids;
import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static io.reliablemessage.spring.internal.settling.OutboxRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.spring.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleanerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    @ParameterizedTest
    @EnumSource
    void clearsPayloadsAfterTheirTimeAndNoOthers(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.rows.settle("SENT", DAY.plus(HOUR), orders.rows.commit(rows(3)));
            orders.rows.settle("SENT", DAY.minus(HOUR), orders.rows.commit(rows(2)));
            orders.rows.settle("REFUSED", DAY.plus(HOUR), orders.rows.commit(rows(1)));
            orders.rows.commit(row());

            clean(orders, Retention.DEFAULT);

            assertThat(orders.rows.withPayload()).isEqualTo(4);
            assertThat(orders.rows.states()).hasSize(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clearsPayloadsAtOnceIfTheyAreNotToBeKept(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.rows.settle("SENT", Duration.ZERO, orders.rows.commit(rows(2)));

            clean(orders, Retention.ofPayload(Duration.ZERO));

            assertThat(orders.rows.withPayload()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsThoseThatTheCleanerLeftWhenItEndedEarly(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            orders.rows.settle("SENT", DAY.plus(HOUR.multipliedBy(2)), orders.rows.commit(rows(2)));
            clean(orders, Retention.DEFAULT);
            orders.rows.settle("SENT", DAY.plus(HOUR), orders.rows.commit(rows(Cleaner.PAGE + 5)));

            assertThat(new Cleaner(Retention.DEFAULT).step(orders.store)).isTrue();
            assertThat(orders.rows.withPayload()).isEqualTo(5);
            clean(orders, Retention.DEFAULT);

            assertThat(orders.rows.withPayload()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesSettledRowsAndFencesAfterAWeekAndNotesTheHighest(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var waiting = orders.rows.commit(row());
            var sent = orders.rows.commit(rows(3));
            var fence = orders.rows.commit(row());
            var refused = orders.rows.commit(row());
            var young = orders.rows.commit(row());
            orders.rows.settle("SENT", WEEK.plus(HOUR), sent);
            orders.rows.settle("FENCE", WEEK.plus(HOUR), List.of(fence));
            orders.rows.settle("REFUSED", WEEK.plus(HOUR), List.of(refused));
            orders.rows.settle("SENT", WEEK.minus(HOUR), List.of(young));

            clean(orders, Retention.DEFAULT);

            assertThat(orders.rows.states()).containsExactly("WAITING", "REFUSED", "SENT");
            assertThat(orders.rows.state(waiting)).isEqualTo("WAITING");
            assertThat(orders.rows.cleanedTo()).isEqualTo(fence.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverLowersWhatIsNoted(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var first = orders.rows.commit(row());
            var second = orders.rows.commit(row());
            orders.rows.settle("SENT", WEEK.plus(HOUR), List.of(second));
            clean(orders, Retention.DEFAULT);

            orders.rows.settle("SENT", WEEK.plus(HOUR), List.of(first));
            clean(orders, Retention.DEFAULT);

            assertThat(orders.rows.states()).isEmpty();
            assertThat(orders.rows.cleanedTo()).isEqualTo(second.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void replicasCleanAtTheSameTime(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var old = orders.rows.commit(rows(2 * Cleaner.PAGE + 50));
            var young = orders.rows.commit(rows(10));
            orders.rows.run("UPDATE rm_outbox SET state = 'SENT', settled_at = "
                    + orders.store.dialect().fromNow("-" + WEEK.plus(HOUR).toMillis()));
            orders.rows.settle("SENT", HOUR, young);

            SweepTest.inParallel(() -> {
                clean(orders, Retention.DEFAULT);
                return List.of();
            });

            assertThat(orders.rows.states()).hasSize(10);
            assertThat(orders.rows.cleanedTo()).isEqualTo(ids(old).get(old.size() - 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void restsForAMinuteWhenAllIsClean(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var cleaner = new Cleaner(Retention.DEFAULT);
            cleaner.step(orders.store);
            orders.rows.settle("SENT", WEEK.plus(HOUR), orders.rows.commit(rows(1)));

            assertThat(cleaner.step(orders.store)).isFalse();

            assertThat(orders.rows.states()).hasSize(1);
        }
    }

    @Test
    void doesNotDeleteWhatTheServiceMayStillAskAbout() {
        assertThatThrownBy(() -> new Retention(DAY, WEEK.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least PT168H");
    }

    private static void clean(SettlingEnvironment orders, Retention retention) throws Exception {
        var cleaner = new Cleaner(retention);
        var isMore = true;
        while (isMore) {
            isMore = cleaner.step(orders.store);
        }
    }
}
