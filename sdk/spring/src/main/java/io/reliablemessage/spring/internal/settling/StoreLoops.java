package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done about each store again and again, in a thread per store: a store that hangs delays no other. */
final class StoreLoops {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLoops.class);
    private static final Duration LOOK_FOR_STORES = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Set<Store> running = ConcurrentHashMap.newKeySet();
    private final Throttle failures = new Throttle();
    private final Workers workers;
    private final KnownStores stores;
    private final ServiceAvailability availability;
    private final Parts parts;
    private final ProducerListener listener;

    StoreLoops(
            Workers workers,
            KnownStores stores,
            ServiceAvailability availability,
            Parts parts,
            ProducerListener listener) {
        this.workers = workers;
        this.stores = stores;
        this.availability = availability;
        this.parts = parts;
        this.listener = listener;
    }

    /** What is done; the watch and the cleaner remember something about their store, so each has its own. */
    record Parts(Sweep sweep, Supplier<EpochWatch> watches, Supplier<Cleaner> cleaners) {}

    void start() {
        var unused = workers.run(() -> {
            while (!workers.isStopping()) {
                startMissing();
                workers.pause(LOOK_FOR_STORES);
            }
        });
    }

    private void startMissing() {
        try {
            stores.all().stream().filter(running::add).forEach(this::start);
        } catch (RuntimeException | Error e) {
            warn("The stores could not be listed", e);
        }
    }

    private void start(Store store) {
        var loop = new Loop(store, parts.watches().get(), parts.cleaners().get());
        if (!workers.run(loop)) {
            running.remove(store);
        }
    }

    private void warn(String what, Throwable cause) {
        failures.count(1).ifPresent(count -> LOG.warn("{} ({} failures since the last such line)", what, count, cause));
    }

    private final class Loop implements Runnable {

        private final Store store;
        private final EpochWatch watch;
        private final Cleaner cleaner;
        private Duration pause = SHORTEST_PAUSE;

        Loop(Store store, EpochWatch watch, Cleaner cleaner) {
            this.store = store;
            this.watch = watch;
            this.cleaner = cleaner;
        }

        @Override
        public void run() {
            try {
                while (!workers.isStopping() && stores.all().contains(store)) {
                    if (!round()) {
                        workers.pause(pause);
                    }
                }
            } finally {
                running.remove(store);
            }
        }

        /** Returns whether there is more to do at once. Nothing ends the loop but the end of its store. */
        private boolean round() {
            try {
                var isFull = sweep();
                return cleaner.step(store) || isFull;
            } catch (SQLException e) {
                listener.storeUnavailable(store.id(), e);
                warn("A database did not do its part", e);
            } catch (RuntimeException | Error e) {
                warn("Settling failed unexpectedly", e);
            }
            pause = LONGEST_PAUSE;
            return false;
        }

        private boolean sweep() throws SQLException {
            if (!availability.tryCall()) {
                pause = SHORTEST_PAUSE;
                return false;
            }
            try {
                compareEpochs();
                var found = parts.sweep().run(store);
                var longer = pause.multipliedBy(2);
                pause = found > 0 ? SHORTEST_PAUSE : longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
                return found == Sweep.PAGE;
            } finally {
                availability.unused();
            }
        }

        /** Should the ledger not be readable, messages are sent nevertheless; they are not marked until it is. */
        private void compareEpochs() throws SQLException {
            try {
                watch.check(store);
            } catch (MessageProblemException e) {
                if (e instanceof ServiceUnavailableException) {
                    availability.unanswered();
                }
                warn("The service's ledger could not be read", e);
            }
        }
    }
}
