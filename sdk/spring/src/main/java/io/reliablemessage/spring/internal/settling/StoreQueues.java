package io.reliablemessage.spring.internal.settling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits, by store: bounded altogether, and done in batches by one thread per store, so that a store that hangs
 * holds up no other. A batch is what has come while the one before was under way.
 */
final class StoreQueues<T> {

    private static final Logger LOG = LoggerFactory.getLogger(StoreQueues.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration BEFORE_REPEAT = Duration.ofMillis(500);

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger room;
    private final Throttle failures = new Throttle();
    private final int batchSize;
    private final Handler<T> handler;
    private final Workers workers;

    StoreQueues(int capacity, int batchSize, Workers workers, Handler<T> handler) {
        this.room = new AtomicInteger(capacity);
        this.batchSize = batchSize;
        this.workers = workers;
        this.handler = handler;
    }

    /** Does the work of one store. */
    @FunctionalInterface
    interface Handler<T> {

        /** Returns what is to be tried once more after a short time. */
        List<T> handle(String store, List<T> batch) throws Exception;
    }

    /** Never blocks. Returns how many did not fit. */
    int offer(String store, List<T> items) {
        if (items.isEmpty()) {
            return 0;
        }
        if (workers.isStopping()) {
            return items.size();
        }
        if (room.addAndGet(-items.size()) < 0) {
            room.addAndGet(items.size());
            return items.size();
        }
        var lane = lanes.computeIfAbsent(store, Lane::new);
        items.forEach(item -> lane.waiting.add(Optional.of(item)));
        lane.start();
        return 0;
    }

    /** Wakes those who wait for work, after {@link Workers#stop}. */
    void wake() {
        lanes.values().forEach(lane -> lane.waiting.add(Optional.empty()));
    }

    private final class Lane {

        private final BlockingQueue<Optional<T>> waiting = new LinkedBlockingQueue<>();
        private final AtomicBoolean isRunning = new AtomicBoolean();
        private final String store;

        Lane(String store) {
            this.store = store;
        }

        void start() {
            if (isRunning.compareAndSet(false, true) && !workers.run(this::run)) {
                isRunning.set(false); // the next offer tries again
            }
        }

        private void run() {
            try {
                work();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } finally {
                isRunning.set(false);
                if (!waiting.isEmpty() && !workers.isStopping()) {
                    start(); // came while this one was ending
                }
            }
        }

        private void work() throws InterruptedException {
            var repeats = new ArrayDeque<Repeat<T>>();
            while (!workers.isStopping()) {
                var batch = next(repeats);
                if (!batch.isEmpty() && !workers.isStopping()) {
                    var due = System.nanoTime() + BEFORE_REPEAT.toNanos();
                    handle(batch).forEach(item -> repeats.add(new Repeat<>(item, due)));
                } else if (repeats.isEmpty()) {
                    return;
                }
            }
        }

        private List<T> next(ArrayDeque<Repeat<T>> repeats) throws InterruptedException {
            var wait = repeats.isEmpty()
                    ? IDLE.toNanos()
                    : Math.max(0, repeats.element().due() - System.nanoTime());
            var arrived = new ArrayList<Optional<T>>();
            var first = waiting.poll(wait, TimeUnit.NANOSECONDS);
            if (first != null) {
                arrived.add(first);
                waiting.drainTo(arrived, batchSize - 1);
            }
            var batch = new ArrayList<T>();
            arrived.forEach(item -> item.ifPresent(batch::add));
            room.addAndGet(batch.size());
            while (batch.size() < batchSize
                    && !repeats.isEmpty()
                    && repeats.element().due() - System.nanoTime() <= 0) {
                batch.add(repeats.remove().item());
            }
            return batch;
        }

        private List<T> handle(List<T> batch) {
            try {
                return handler.handle(store, batch);
            } catch (Exception | Error e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                failures.count(batch.size())
                        .ifPresent(
                                count -> LOG.warn("{} messages were left to the sweep and to check-backs", count, e));
                return List.of();
            }
        }
    }

    private record Repeat<T>(T item, long due) {}
}
