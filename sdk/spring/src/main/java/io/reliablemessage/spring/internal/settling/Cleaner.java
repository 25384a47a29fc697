package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.outbox.RetentionStore;
import io.reliablemessage.spring.internal.outbox.RetentionStore.Kind;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.time.Duration;

/** Clears payloads and deletes rows of one store after their time, each minute, in pages between other work. */
final class Cleaner {

    static final int PAGE = 500;

    private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

    private final Retention retention;
    private long next = System.nanoTime();

    Cleaner(Retention retention) {
        this.retention = retention;
    }

    /** Cleans one page of each kind if it is time to; returns whether there are more. */
    boolean step(Store store) throws SQLException {
        var now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        next = now + INTERVAL; // after a failure, too
        var isMore = cleanPage(store);
        if (isMore) {
            next = now;
        }
        return isMore;
    }

    private boolean cleanPage(Store store) throws SQLException {
        var rows = new RetentionStore(store.dialect(), store.tables());
        var cleared = store.inTransaction(connection -> rows.clear(connection, retention.payload(), PAGE));
        var sent = store.inTransaction(connection -> rows.delete(connection, Kind.SENT, retention.row(), PAGE));
        var fences = store.inTransaction(connection -> rows.delete(connection, Kind.FENCE, retention.row(), PAGE));
        return cleared == PAGE || sent == PAGE || fences == PAGE;
    }
}
