package io.reliablemessage.spring.internal.sending;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The DataSource, of those with our tables, whose connection the current transaction uses. */
record BoundDataSource(DataSource dataSource) {

    /** @throws IllegalStateException names what is missing for a message to share the transaction's fate */
    static BoundDataSource current(List<DataSource> candidates) {
        requireTransaction();
        var bound = candidates.stream()
                .map(BoundDataSource::asBound)
                .filter(TransactionSynchronizationManager::hasResource)
                .distinct()
                .toList();
        if (bound.isEmpty()) {
            throw new IllegalStateException("The current transaction uses no DataSource of the message producer: its"
                    + " transaction manager must know the DataSource with the table rm_outbox. JTA and reactive"
                    + " transactions are not supported");
        }
        if (bound.size() > 1) {
            throw new IllegalStateException(
                    "The current transaction uses " + bound.size() + " DataSources of the message"
                            + " producer, and a message can be a row in one only: give the producer one of them");
        }
        return new BoundDataSource(bound.get(0));
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "A message is sent with a transaction, and there is none: put @Transactional"
                            + " on the calling method (called from another bean), or use ReliableMessages.inTransaction");
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("The transaction manager does not tell when the transaction ends: set its"
                    + " transactionSynchronization to SYNCHRONIZATION_ALWAYS, the default");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(
                    "The current transaction is read-only, and a message is a row: remove readOnly = true");
        }
    }

    /** Transaction managers bind what is behind this proxy. */
    private static DataSource asBound(DataSource dataSource) {
        var target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
        return target == null ? dataSource : target;
    }

    <T> T use(Use<T> use) throws SQLException {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "The connection is in auto-commit mode, so a message would be sent even if"
                                + " the transaction rolled back: its transaction manager does not know this DataSource");
            }
            return use.of(connection);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Whether the database behind it may be another one in each transaction. */
    boolean isRouting() {
        return dataSource instanceof AbstractRoutingDataSource;
    }

    /** The milliseconds until the transaction's own timeout; a very large number if it has none. */
    long millisLeft() {
        return TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                        && holder.hasTimeout()
                ? Math.max(0, holder.getTimeToLiveInMillis())
                : Long.MAX_VALUE;
    }

    interface Use<T> {
        T of(Connection connection) throws SQLException;
    }
}
