package io.reliablemessage.spring.internal.inbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The inbox in the database of the current transaction. Safe for use by many threads. */
public final class Inbox {

    private final DataSource dataSource;
    private final TableNames tables;
    private volatile @Nullable InboxStore known;

    /** @param dataSource the one that the transaction manager has */
    public Inbox(DataSource dataSource, TableNames tables) {
        this.dataSource = asBound(dataSource);
        this.tables = tables;
    }

    /** Transaction managers bind what is behind this proxy. */
    private static DataSource asBound(DataSource dataSource) {
        var target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
        return target == null ? dataSource : target;
    }

    /**
     * Notes in the current transaction that it handles this message; waits for another transaction that does so, a few
     * seconds at most.
     *
     * @return false: it was handled before
     */
    public boolean isFirst(UUID id, String subscription) {
        return use((store, connection) -> store.insert(connection, id, subscription));
    }

    /**
     * Looks whether the current transaction could be noted.
     *
     * @throws IllegalStateException names what is wrong with the transaction manager
     */
    public void check() {
        use((store, connection) -> {
            store.check(connection);
            return true;
        });
    }

    private boolean use(Use use) {
        requireTransaction();
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("The connection is in auto-commit mode, so a message would count as"
                        + " handled even if its transaction rolled back: the transaction manager does not know this"
                        + " DataSource");
            }
            return use.of(store(connection), connection);
        } catch (SQLException e) {
            var translated = new SQLStateSQLExceptionTranslator().translate("inbox", null, e);
            throw translated == null ? new IllegalStateException(e) : translated;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void requireTransaction() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("The transaction manager does not tell when the transaction ends: set its"
                    + " transactionSynchronization to SYNCHRONIZATION_ALWAYS, the default");
        }
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new IllegalStateException("The message consumer's transaction manager does not use its DataSource, so"
                    + " effects and inbox could end differently: give it the transaction manager of the DataSource with"
                    + " the table rm_inbox. JTA and reactive transactions are not supported");
        }
    }

    /** The database behind it is asked once which kind it is. */
    private InboxStore store(Connection connection) throws SQLException {
        var store = known;
        if (store == null) {
            store = new InboxStore(Dialect.of(connection), tables);
            known = store;
        }
        return store;
    }

    private interface Use {
        boolean of(InboxStore store, Connection connection) throws SQLException;
    }
}
