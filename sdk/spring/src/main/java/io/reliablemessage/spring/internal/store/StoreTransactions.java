package io.reliablemessage.spring.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Short transactions beside those of the application: on a connection of their own, at READ COMMITTED whatever the pool's
 * default is (under READ UNCOMMITTED, rows would be sent that may still be rolled back), and with an end even when the
 * database freezes.
 */
final class StoreTransactions {

    // Longer than any statement may take (3 s), so that it ends only those that a frozen database never would.
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(10);

    private StoreTransactions() {}

    static <T> T run(DataSource dataSource, StoreWork<T> work) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var before = Settings.of(connection);
            try {
                Settings.OURS.replace(before, connection);
                var result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                restore(connection, before);
            }
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** A connection that cannot be made as it was must not go back into the pool as if it were. */
    private static void restore(Connection connection, Settings before) throws SQLException {
        try {
            before.replace(Settings.OURS, connection);
        } catch (SQLException e) {
            connection.abort(Runnable::run);
        }
    }

    private record Settings(boolean autoCommit, int isolation, int networkTimeout) {

        static final Settings OURS =
                new Settings(false, Connection.TRANSACTION_READ_COMMITTED, (int) NETWORK_TIMEOUT.toMillis());

        static Settings of(Connection connection) throws SQLException {
            return new Settings(
                    connection.getAutoCommit(), connection.getTransactionIsolation(), networkTimeout(connection));
        }

        private static int networkTimeout(Connection connection) {
            try {
                return connection.getNetworkTimeout();
            } catch (SQLException | RuntimeException | AbstractMethodError notSupported) {
                return -1;
            }
        }

        /** Changes only what differs, since drivers ask the database what it is. */
        void replace(Settings others, Connection connection) throws SQLException {
            if (networkTimeout >= 0 && others.networkTimeout >= 0) {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            }
            if (others.isolation != isolation) {
                connection.setTransactionIsolation(isolation);
            }
            if (others.autoCommit != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}
