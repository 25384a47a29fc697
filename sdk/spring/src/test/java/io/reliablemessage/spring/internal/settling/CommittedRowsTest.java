package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.settling.CommittedRows.Committed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommittedRowsTest {

    @ParameterizedTest
    @EnumSource
    void confirmsWhatWasPrepared(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind);
                var settling = orders.settling(SettlingEnvironment::nothingIsCertain)) {
            var prepared = orders.rows.commit(row());
            orders.client().prepare(orders.requests.of(prepared, orders.store.id()));
            var other = orders.rows.commit(row());

            settling.committed(orders.store.id(), List.of(prepared.id()), List.of(other.id()));

            await().untilAsserted(() -> assertThat(orders.rows.states()).containsExactly("SENT", "SENT"));
            assertThat(orders.sent())
                    .containsExactlyInAnyOrder(
                            prepared.id().toString(), other.id().toString());
            assertThat(orders.heard.settled).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsWhatTheServiceDoesNotHaveAnyMore(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind)) {
            var row = orders.rows.commit(row());

            var again = orders.committedRows().handle(orders.store.id(), List.of(committed(row)));

            assertThat(again).isEmpty();
            assertThat(orders.rows.state(row)).isEqualTo("SENT");
            assertThat(orders.atService(row.id()).text()).isEqualTo("{\"total\":42}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsNotThereIsNeverConfirmed(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind);
                var open = orders.database.getConnection()) {
            open.setAutoCommit(false);
            var row = orders.rows.insert(open, List.of(row())).get(0);
            orders.client().prepare(orders.requests.of(row, orders.store.id()));
            var committedRows = orders.committedRows();

            var again = committedRows.handle(orders.store.id(), List.of(committed(row)));
            assertThat(again).containsExactly(committed(row).again());
            assertThat(committedRows.handle(orders.store.id(), again)).isEmpty();

            assertThat(orders.atService(row.id()).isPending()).isTrue();
            open.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatComesALittleLaterIsConfirmed(TestDatabase kind) throws Exception {
        try (var orders = SettlingEnvironment.on(kind);
                var settling = orders.settling(SettlingEnvironment::nothingIsCertain)) {
            var row = row();
            orders.client().prepare(orders.requests.of(row, orders.store.id()));
            settling.committed(orders.store.id(), List.of(row.id()), List.of());

            orders.rows.commit(row);

            await().untilAsserted(() -> assertThat(orders.rows.state(row)).isEqualTo("SENT"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverReadsUncommittedRowsWhateverThePoolsDefaultIs(TestDatabase kind) throws Exception {
        try (var first = kind.newDatabase()) {
            var config = TestDatabase.poolLike(first);
            config.setTransactionIsolation("TRANSACTION_READ_UNCOMMITTED");
            try (var orders = new SettlingEnvironment(new HikariDataSource(config));
                    var open = orders.database.getConnection()) {
                open.setAutoCommit(false);
                var row = orders.rows.insert(open, List.of(row())).get(0);
                try (var statement = open.createStatement()) {
                    statement.executeUpdate("UPDATE rm_outbox SET next_at = "
                            + orders.store.dialect().fromNow("-60000"));
                }

                var again = orders.committedRows().handle(orders.store.id(), List.of(committed(row)));
                var swept = new Sweep(orders.settler()).run(orders.store);

                assertThat(again).hasSize(1);
                assertThat(swept).isZero();
                assertThat(orders.sent()).isEmpty();
                open.rollback();
            }
        }
    }

    private static Committed committed(OutboxRow row) {
        return new Committed(row.id(), true, false);
    }
}
