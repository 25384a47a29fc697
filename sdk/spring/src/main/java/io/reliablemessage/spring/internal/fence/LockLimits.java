package io.reliablemessage.spring.internal.fence;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.StoreWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Bounds how long a transaction waits for locks, and leaves the connection as it was. */
final class LockLimits {

    // The last one ends a fence whose process died while its connection stays open.
    private static final String POSTGRESQL = """
            SET LOCAL lock_timeout = '100ms';
            SET LOCAL statement_timeout = '2s';
            SET LOCAL idle_in_transaction_session_timeout = '5s'
            """;

    // For one statement, so that nothing has to be restored. MariaDB's driver would bound a statement by such a prefix
    // of its own, and they cannot be nested.
    private static final String MARIADB =
            "SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 1, max_statement_time = 2 FOR ";

    private static final String READ_MYSQL = "SELECT @@SESSION.innodb_lock_wait_timeout, @@SESSION.lock_wait_timeout";
    private static final String SET_MYSQL = "SET SESSION innodb_lock_wait_timeout = %d, SESSION lock_wait_timeout = %d";

    private static final String READ_H2 = "CALL LOCK_TIMEOUT()";
    private static final String SET_H2 = "SET LOCK_TIMEOUT %d";
    private static final long H2_MILLIS = 100;

    private LockLimits() {}

    static <T> T run(Connection connection, Dialect dialect, StoreWork<T> work) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> {
                execute(connection, POSTGRESQL);
                yield work.in(connection);
            }
            case MARIADB -> work.in(connection);
            case MYSQL -> {
                var before = read(connection, READ_MYSQL, 2);
                yield restoring(connection, SET_MYSQL.formatted(1, 1), SET_MYSQL.formatted(before), work);
            }
            case H2 -> {
                var before = read(connection, READ_H2, 1);
                yield restoring(connection, SET_H2.formatted(H2_MILLIS), SET_H2.formatted(before), work);
            }
        };
    }

    static PreparedStatement prepare(Connection connection, Dialect dialect, String sql) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> connection.prepareStatement(sql);
            case MARIADB -> connection.prepareStatement(MARIADB + sql);
            case MYSQL, H2 -> Statements.prepare(connection, sql);
        };
    }

    private static <T> T restoring(Connection connection, String set, String restore, StoreWork<T> work)
            throws SQLException {
        try {
            execute(connection, set);
            return work.in(connection);
        } finally {
            try {
                execute(connection, restore);
            } catch (SQLException e) {
                // It must not go back into the pool like this. The commit fails, too, as it should.
                connection.abort(Runnable::run);
            }
        }
    }

    private static Object[] read(Connection connection, String sql, int columns) throws SQLException {
        try (var statement = Statements.prepare(connection, sql);
                var row = statement.executeQuery()) {
            row.next();
            var values = new Object[columns];
            for (var i = 0; i < columns; i++) {
                values[i] = row.getLong(i + 1);
            }
            return values;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
