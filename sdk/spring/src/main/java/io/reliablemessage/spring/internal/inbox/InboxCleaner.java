package io.reliablemessage.spring.internal.inbox;

import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Deletes rows that are older than messages may come again. May run on several replicas at a time. */
public final class InboxCleaner {

    private static final int BATCH = 500;

    private final DataSource dataSource;
    private final TableNames tables;
    private final Duration window;

    public InboxCleaner(DataSource dataSource, TableNames tables, Duration window) {
        this.dataSource = dataSource;
        this.tables = tables;
        this.window = window;
    }

    /**
     * Deletes what is old, a batch in each transaction.
     *
     * @param maxBatches so that it ends
     * @return the number of rows
     */
    public int run(int maxBatches) throws SQLException {
        var store = Store.open(dataSource, tables);
        var inbox = new InboxStore(store.dialect(), tables);
        var total = 0;
        for (var batch = 0; batch < maxBatches; batch++) {
            int deleted = store.inTransaction(connection -> inbox.deleteOlderThan(connection, window, BATCH));
            total += deleted;
            if (deleted < BATCH) {
                return total;
            }
        }
        return total;
    }
}
