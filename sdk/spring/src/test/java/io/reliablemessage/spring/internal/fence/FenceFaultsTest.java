package io.reliablemessage.spring.internal.fence;

import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.spring.BusinessTransaction;
import io.reliablemessage.spring.Rows;
import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class FenceFaultsTest {

    private final Fence fence = new Fence();

    @ParameterizedTest
    @EnumSource
    void aPoolThatReadsUncommittedRowsDoesNotMakeThemCommitted(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var dirty = uncommittedReads(database);
                var open = BusinessTransaction.in(kind.store(database))) {
            var id = BusinessTransaction.newId();
            open.send(id);

            assertThat(fence.rule(kind.store(dirty), id).decision()).isEqualTo(UNKNOWN);
        }
    }

    private static HikariDataSource uncommittedReads(HikariDataSource database) {
        var config = TestDatabase.poolLike(database);
        config.setTransactionIsolation("TRANSACTION_READ_UNCOMMITTED");
        return new HikariDataSource(config);
    }

    @ParameterizedTest
    @EnumSource(
            names = "H2",
            mode = EnumSource.Mode.EXCLUDE) // whose connections are never read-only, whatever the pool asks for
    void aReadOnlyConnectionIsUnknown(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var config = TestDatabase.poolLike(database);
            config.setReadOnly(true);
            try (var readOnly = new HikariDataSource(config)) {
                var id = BusinessTransaction.newId();

                var ruling = fence.rule(kind.store(readOnly), id);

                assertThat(ruling.decision()).isEqualTo(UNKNOWN);
                assertThat(ruling.reason()).contains("read-only");
                assertThat(Rows.state(kind.store(database), id)).isEmpty();
            }
        }
    }

    @Test
    void aReplicaIsUnknownEvenToAnAdministratorWhoMayWriteThere() throws Exception {
        try (var database = TestDatabase.MARIADB.newDatabase()) {
            var store = FencedDatabase.MARIADB.store(database);
            var id = BusinessTransaction.newId();
            Rows.run(store, "SET GLOBAL read_only = 1");
            try {
                var ruling = fence.rule(store, id);

                assertThat(ruling.decision()).isEqualTo(UNKNOWN);
                assertThat(ruling.reason()).contains("read-only");
                assertThat(Rows.state(store, id)).isEmpty();
            } finally {
                Rows.run(store, "SET GLOBAL read_only = 0");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCommitWithoutAReplyIsUnknownThoughTheFenceMayBeThere(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            var id = BusinessTransaction.newId();

            var lost = fence.rule(kind.store(new LostCommitReply(database)), id);

            assertThat(lost.decision()).isEqualTo(UNKNOWN);
            assertThat(Rows.state(store, id)).contains("FENCE");
            assertThat(fence.rule(store, id).decision()).isEqualTo(ROLLED_BACK);
        }
    }

    /** Its connections commit an insert, and then report that the database is gone. */
    private static final class LostCommitReply extends DelegatingDataSource {

        LostCommitReply(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            var inserts = new AtomicBoolean();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                                && arguments[0].toString().contains("INSERT")) {
                            inserts.set(true);
                        }
                        var result = invoke(connection, method, arguments);
                        if (method.getName().equals("commit") && inserts.get()) {
                            throw new SQLException("gone", "08006");
                        }
                        return result;
                    });
        }

        private static @Nullable Object invoke(Connection connection, Method method, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPoolWithoutAFreeConnectionIsUnknownInTime(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var config = TestDatabase.poolLike(database);
            config.setMaximumPoolSize(1);
            try (var one = new HikariDataSource(config);
                    var holder = BusinessTransaction.in(kind.store(one))) {
                var store = kind.store(database);
                var begin = System.nanoTime();

                var ruling = fence.rule(
                        new Store(one, store.dialect(), store.tables(), store.id()), BusinessTransaction.newId());

                assertThat(ruling.decision()).isEqualTo(UNKNOWN);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
                holder.rollBack();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheConnectionsOfThePoolAsTheyWere(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var config = TestDatabase.poolLike(database);
            config.setMaximumPoolSize(1);
            try (var one = new HikariDataSource(config)) {
                var store = kind.store(one);
                var before = session(kind, one);

                fence.rule(store, BusinessTransaction.newId());
                fence.rule(store, BusinessTransaction.committed(store));

                assertThat(session(kind, one)).isEqualTo(before);
            }
        }
    }

    private static List<Object> session(FencedDatabase kind, DataSource database) throws SQLException {
        var sql = switch (kind.kind()) {
            case POSTGRESQL ->
                "SELECT pg_backend_pid(), current_setting('lock_timeout'), " + "current_setting('statement_timeout')";
            case MARIADB -> "SELECT CONNECTION_ID(), @@innodb_lock_wait_timeout, @@lock_wait_timeout";
            case H2 -> "SELECT SESSION_ID(), LOCK_TIMEOUT(), 0";
        };
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            var found = new ArrayList<Object>(List.of(row.getString(1), row.getString(2), row.getString(3)));
            found.add(connection.getAutoCommit());
            found.add(connection.getTransactionIsolation());
            return found;
        }
    }
}
