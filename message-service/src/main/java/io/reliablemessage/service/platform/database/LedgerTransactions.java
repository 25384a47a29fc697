package io.reliablemessage.service.platform.database;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions on the ledger. Plain JDBC: JPA's would open an entity manager each, at 2.5 times the CPU
 * on the hot path.
 */
@Component
public class LedgerTransactions {

    private static final String LOCK_TIMEOUT = "SELECT set_config('lock_timeout', :millis, true)";

    private final TransactionTemplate transactions;
    private final JdbcTemplate connections;
    private final JdbcClient jdbc;

    public LedgerTransactions(DataSource dataSource) {
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        connections = new JdbcTemplate(dataSource);
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Does work in one transaction.
     *
     * @throws SqlState.CommitFailed when COMMIT failed, so that the outcome is unknown
     */
    public <T> T commit(Supplier<T> work) {
        var isCommitting = new AtomicBoolean();
        try {
            return Objects.requireNonNull(transactions.execute(transaction -> {
                var result = work.get();
                limitCommit();
                isCommitting.set(true);
                return result;
            }));
        } catch (RuntimeException failed) {
            throw isCommitting.get() ? new SqlState.CommitFailed(failed) : failed;
        }
    }

    /** The same, but no lock is waited for longer than that. */
    public <T> T commit(Duration lockTimeout, Supplier<T> work) {
        return commit(() -> {
            ForEffect.run(jdbc.sql(LOCK_TIMEOUT).param("millis", Long.toString(lockTimeout.toMillis())));
            return work.get();
        });
    }

    /** COMMIT, too, has only the rest of the call's time-out; if there is none, nothing is committed. */
    private void limitCommit() {
        connections.execute((ConnectionCallback<Boolean>) connection -> {
            CallTimeout.limit(connection);
            return true;
        });
    }
}
