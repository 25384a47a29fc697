package io.reliablemessage.spring.internal.check;

import io.reliablemessage.spring.internal.fence.Fence;
import io.reliablemessage.spring.internal.fence.Ruling;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.StoreCalls;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;

/** The messages of one check-back that were written in one store. */
final class StoreQuestions {

    private static final Duration READ_LIMIT = Duration.ofSeconds(1);
    private static final Duration FENCE_LIMIT = Duration.ofSeconds(2);
    private static final Duration WAITED = Duration.ofMillis(900);
    private static final int MAX_WAITS = 2;

    private final Store store;
    private final Set<UUID> ids;
    private final Future<Set<UUID>> committed;
    private int waits;

    private StoreQuestions(Store store, Set<UUID> ids, Future<Set<UUID>> committed) {
        this.store = store;
        this.ids = ids;
        this.committed = committed;
    }

    /** Starts to read which of them are committed, so that stores are read at the same time. */
    static StoreQuestions start(Store store, Set<UUID> ids, StoreCalls calls) {
        var committed = calls.start(store.id(), () -> CommittedRows.read(store, List.copyOf(ids)));
        return new StoreQuestions(store, ids, committed);
    }

    Store store() {
        return store;
    }

    /** Decides about each of them. */
    Map<UUID, Ruling> decide(Fence fence, Deadline deadline) {
        var rulings = new HashMap<UUID, Ruling>();
        try {
            var found = StoreCalls.await(committed, deadline.left(READ_LIMIT));
            for (var id : ids) {
                rulings.put(id, found.contains(id) ? Ruling.committed(store.id()) : decide(fence, id, deadline));
            }
        } catch (SQLException | RuntimeException e) {
            // Who cannot read cannot write either; the other stores get the time.
            ids.forEach(id -> rulings.put(id, Ruling.unknown(e.toString())));
        }
        return rulings;
    }

    private Ruling decide(Fence fence, UUID id, Deadline deadline) {
        if (waits >= MAX_WAITS || deadline.hasPassed()) {
            return Ruling.unknown("no time was left");
        }
        var begin = System.nanoTime();
        var ruling = fence.rule(store, id, deadline.left(FENCE_LIMIT));
        if (System.nanoTime() - begin >= WAITED.toNanos()) {
            waits++;
        }
        return ruling;
    }
}
