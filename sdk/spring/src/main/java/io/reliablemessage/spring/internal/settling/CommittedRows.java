package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.OutboxStore;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Settles messages whose transaction was seen to commit.
 *
 * <p>Chained transaction managers report a commit while an outer database is still open. So the rows are read again, and
 * what is not there is neither confirmed nor cancelled: the sweep finds it once it is committed, and check-backs decide
 * what never is.
 */
final class CommittedRows implements StoreQueues.Handler<CommittedRows.Committed> {

    private final KnownStores stores;
    private final Settler settler;
    private final ServiceAvailability availability;

    CommittedRows(KnownStores stores, Settler settler, ServiceAvailability availability) {
        this.stores = stores;
        this.settler = settler;
        this.availability = availability;
    }

    /**
     * A message of a committed transaction.
     *
     * @param isPrepared the service has it as a half message
     * @param isRepeat it was not there at first
     */
    record Committed(UUID id, boolean isPrepared, boolean isRepeat) {

        Committed again() {
            return new Committed(id, isPrepared, true);
        }
    }

    @Override
    public List<Committed> handle(String storeId, List<Committed> batch) throws SQLException {
        var store = stores.byId(storeId);
        if (store == null || !availability.tryCall()) {
            return List.of(); // the sweep's
        }
        var byId = new LinkedHashMap<UUID, Committed>();
        batch.forEach(one -> byId.put(one.id(), one));
        try {
            var rows = read(store, List.copyOf(byId.keySet()));
            if (!rows.isEmpty()) {
                settler.settle(store, rows, prepared(byId));
            }
            rows.forEach(row -> byId.remove(row.id()));
        } finally {
            availability.unused();
        }
        return byId.values().stream()
                .filter(missing -> !missing.isRepeat())
                .map(Committed::again)
                .toList();
    }

    private static List<OutboxRow> read(Store store, List<UUID> ids) throws SQLException {
        var outbox = new OutboxStore(store.dialect(), store.tables());
        return store.inTransaction(connection -> outbox.readWaiting(connection, ids));
    }

    private static Set<UUID> prepared(LinkedHashMap<UUID, Committed> byId) {
        return byId.values().stream()
                .filter(Committed::isPrepared)
                .map(Committed::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
