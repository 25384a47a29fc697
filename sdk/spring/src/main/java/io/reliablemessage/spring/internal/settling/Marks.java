package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.outbox.EpochStore;
import io.reliablemessage.spring.internal.outbox.SettlementStore;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.StoreWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes outcomes into the rows.
 *
 * <p><b>Epochs.</b> A restored service may have lost what it said it has. So rows are marked as sent only if the store
 * was last compared with the very epoch that was seen before the calls: with a lower one, un-settling is still to come
 * or under way, with a higher one the answers were those of a service that is gone. The store's epoch cannot change
 * while rows are marked, so an old answer is either found by the un-settling or does not count. A row that is not
 * marked is sent again after its lease, which is a repeat.
 */
final class Marks {

    private static final String GIVE_WAY = "40"; // deadlocks and serialization failures

    /** Marks rows as sent; postpones the others. Returns how many were marked; -1: the epoch does not allow it. */
    int write(Store store, @Nullable String epoch, List<UUID> sent, List<UUID> postponed) throws SQLException {
        if (sent.isEmpty() && postponed.isEmpty()) {
            return 0;
        }
        var epochs = new EpochStore(store.dialect(), store.tables());
        var rows = new SettlementStore(store.dialect(), store.tables());
        return retried(store, connection -> {
            var marked = 0;
            if (!sent.isEmpty()) {
                marked = isOf(epoch, epochs, connection) ? rows.settle(connection, sent) : -1;
            }
            if (!postponed.isEmpty()) {
                rows.postpone(connection, postponed);
            }
            return marked;
        });
    }

    private static boolean isOf(@Nullable String epoch, EpochStore epochs, Connection connection) throws SQLException {
        var compared = epochs.readShared(connection);
        if (epoch == null) {
            return true; // a service without epochs
        }
        if (compared == null) {
            epochs.begin(connection, epoch);
            return epoch.equals(epochs.readShared(connection));
        }
        return Epochs.compare(compared, epoch) == 0;
    }

    /** Sets a row aside, on its own: should its reason be unwritable, the others are not affected. */
    boolean refuse(Store store, UUID id, String reason) throws SQLException {
        var rows = new SettlementStore(store.dialect(), store.tables());
        return retried(store, connection -> rows.refuse(connection, id, Texts.storable(reason)) == 1);
    }

    private static <T> T retried(Store store, StoreWork<T> work) throws SQLException {
        try {
            return store.inTransaction(work);
        } catch (SQLException e) {
            var state = e.getSQLState();
            if (state != null && state.startsWith(GIVE_WAY)) {
                return store.inTransaction(work);
            }
            throw e;
        }
    }
}
