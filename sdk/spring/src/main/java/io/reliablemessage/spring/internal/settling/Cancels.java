package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.internal.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Cancels half messages of transactions that were seen to roll back, and that certainly have: a rollback may be a commit
 * whose reply was lost. In any doubt nothing is done, nor is a failed cancel repeated, since check-backs decide the same.
 */
final class Cancels implements StoreQueues.Handler<UUID> {

    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final AtomicInteger dropped = new AtomicInteger();
    private final KnownStores stores;
    private final Rulings rulings;
    private final ReliableMessageClient client;
    private final BooleanSupplier isOver;
    private final ProducerListener listener;

    /** @param isOver no more is to be begun */
    Cancels(
            KnownStores stores,
            Rulings rulings,
            ReliableMessageClient client,
            BooleanSupplier isOver,
            ProducerListener listener) {
        this.stores = stores;
        this.rulings = rulings;
        this.client = client;
        this.isOver = isOver;
        this.listener = listener;
    }

    /** Counts cancels that found no room; they are reported with the next batch. */
    void drop(int cancels) {
        dropped.addAndGet(cancels);
    }

    @Override
    public List<UUID> handle(String storeId, List<UUID> batch) {
        listener.cancelsDropped(dropped.getAndSet(0));
        var store = stores.byId(storeId);
        if (store == null || isOver.getAsBoolean()) {
            return List.of();
        }
        var rolledBack = new ArrayList<String>();
        for (var id : batch) {
            if (!isOver.getAsBoolean() && isRolledBack(store, id)) {
                rolledBack.add(id.toString());
            }
        }
        if (!rolledBack.isEmpty()) {
            var results = client.cancelAll(rolledBack, WITHIN);
            listener.cancelled((int) results.stream()
                    .filter(result -> result.value().isPresent())
                    .count());
        }
        return List.of();
    }

    /** In this very store: of another database, the fence would mean nothing. */
    private boolean isRolledBack(Store store, UUID id) {
        var ruling = rulings.rule(store, id);
        return ruling.decision() == CheckbackDecision.ROLLED_BACK && store.id().equals(ruling.store());
    }
}
