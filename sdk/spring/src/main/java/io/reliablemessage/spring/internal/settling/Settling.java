package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import io.reliablemessage.spring.internal.settling.CommittedRows.Committed;
import io.reliablemessage.spring.internal.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that happens to messages after their transaction. Safe for use by many threads.
 *
 * <p>What transactions report only makes things faster: if it gets lost, the sweep and check-backs come to the same end.
 */
public final class Settling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private static final int MAX_WAITING = 10_000;
    private static final int COMMITTED_BATCH = 200;
    // Each may take the database seconds; what is over at the end of a batch is cancelled.
    private static final int CANCEL_BATCH = 20;
    private static final Duration CLOSE = Duration.ofSeconds(4);
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(700);

    private final Workers workers = new Workers("settling");
    private final ServiceAvailability availability = new ServiceAvailability();
    private final Throttle dropLines = new Throttle();
    private final StoreQueues<Committed> committed;
    private final StoreQueues<UUID> rolledBack;
    private final Cancels cancels;
    private final StoreLoops loops;

    /**
     * Nothing runs before {@link #start}, except for what is reported.
     *
     * @param stores those known now
     */
    public Settling(
            ReliableMessageClient client,
            RowRequests requests,
            Supplier<List<Store>> stores,
            Rulings rulings,
            Retention retention,
            ProducerListener listener) {
        var known = new KnownStores(stores);
        var guarded = new GuardedListener(listener);
        var settler = new Settler(client, requests, availability, guarded);
        cancels = new Cancels(known, rulings, client, this::mayNotCall, guarded);
        committed = new StoreQueues<>(
                MAX_WAITING, COMMITTED_BATCH, workers, new CommittedRows(known, settler, availability));
        rolledBack = new StoreQueues<>(MAX_WAITING, CANCEL_BATCH, workers, cancels);
        var parts = new StoreLoops.Parts(
                new Sweep(settler),
                () -> new EpochWatch(client, workers::isStopping, guarded),
                () -> new Cleaner(retention));
        loops = new StoreLoops(workers, known, availability, parts, guarded);
    }

    /** Starts the sweep, the cleaner and the watch for restores, for each store. */
    public void start() {
        loops.start();
    }

    /**
     * A transaction was reported to be committed. Returns at once, and never throws; what finds no room is left to the
     * sweep.
     *
     * @param prepared messages that the service took as half messages before
     * @param others all others of this transaction
     */
    public void committed(String store, List<UUID> prepared, List<UUID> others) {
        var all = new ArrayList<Committed>(prepared.size() + others.size());
        prepared.forEach(id -> all.add(new Committed(id, true, false)));
        others.forEach(id -> all.add(new Committed(id, false, false)));
        dropLines
                .count(committed.offer(store, all))
                .ifPresent(count -> LOG.info("{} messages are left to the sweep, since too many wait", count));
    }

    /**
     * A transaction was reported to be rolled back. Returns at once, and never throws; what finds no room is left to
     * check-backs.
     *
     * @param maybePrepared messages that the service may have as half messages
     */
    public void rolledBack(String store, List<UUID> maybePrepared) {
        cancels.drop(rolledBack.offer(store, maybePrepared));
    }

    private boolean mayNotCall() {
        return workers.isStopping() || availability.isAway();
    }

    /** Lets what is under way finish, within five seconds. What still waits is left to the next start. */
    @Override
    public void close() {
        workers.stop();
        committed.wake();
        rolledBack.wake();
        workers.awaitEnd(System.nanoTime() + CLOSE.toNanos());
        workers.awaitEnd(System.nanoTime() + AFTER_INTERRUPT.toNanos());
    }
}
