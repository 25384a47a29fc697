package io.reliablemessage.service.platform.database;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions on the ledger. Plain JDBC: JPA's would open an entity manager each, at 2.5 times the CPU
 * on the hot path.
 */
@Component
public class LedgerTransactions {

    private final TransactionTemplate transactions;

    public LedgerTransactions(DataSource dataSource) {
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
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
                isCommitting.set(true);
                return result;
            }));
        } catch (RuntimeException failed) {
            throw isCommitting.get() ? new SqlState.CommitFailed(failed) : failed;
        }
    }
}
