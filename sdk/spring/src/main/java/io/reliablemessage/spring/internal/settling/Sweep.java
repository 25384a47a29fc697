package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.outbox.SettlementStore;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * Finds what nobody settled, since its process died or its call failed, and sends it. Safe on many replicas: each claims
 * what it sends, and what a dead one has claimed is free again after the lease.
 */
final class Sweep {

    static final int PAGE = 100;

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Settler settler;

    Sweep(Settler settler) {
        this.settler = settler;
    }

    /** Sends one page; returns how many rows it had. */
    int run(Store store) throws SQLException {
        var rows = new SettlementStore(store.dialect(), store.tables());
        var claimed = store.inTransaction(connection -> rows.claim(connection, UUID.randomUUID(), PAGE, LEASE));
        if (!claimed.isEmpty()) {
            // Sent, not confirmed: whether they are half messages is not in the rows, and a send confirms those as
            // well.
            settler.settle(store, claimed, Set.of());
        }
        return claimed.size();
    }
}
