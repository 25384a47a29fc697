package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries in memory that wait for the broker, and their weight. Queues take turns, so that none waits behind another
 * one's dispatches. Bounded by those who ask for room before they add.
 */
class WaitingDispatches {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Map<String, QueueLine> lines = new HashMap<>();
    private final Deque<QueueLine> turns = new ArrayDeque<>(); // the lines that are not empty
    private volatile int size; // written under the lock, as the next one
    private volatile long bytes;

    void add(List<Dispatch> dispatches) {
        lock.lock();
        try {
            dispatches.forEach(this::add);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    private void add(Dispatch dispatch) {
        var line = lines.computeIfAbsent(dispatch.queue(), QueueLine::new);
        line.dispatches.addLast(dispatch);
        if (line.dispatches.size() == 1) {
            turns.addLast(line);
        }
        count(line, dispatch, 1);
    }

    /**
     * Removes the next dispatch in turn that fits.
     *
     * @param timeout how long to wait while there is none at all
     * @return null if there is none, or none that fits
     */
    @Nullable
    Dispatch poll(Duration timeout, Predicate<Dispatch> fits) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = timeout.toNanos(); size == 0 && left > 0; ) {
                left = added.awaitNanos(left);
            }
            return next(fits);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Dispatch next(Predicate<Dispatch> fits) {
        for (var untried = turns.size(); untried > 0; untried--) {
            var line = turns.getFirst();
            if (fits.test(line.dispatches.getFirst())) {
                var next = line.dispatches.removeFirst();
                count(line, next, -1);
                turns.removeFirst();
                if (!line.dispatches.isEmpty()) {
                    turns.addLast(line);
                }
                return next;
            }
            turns.addLast(turns.removeFirst());
        }
        return null;
    }

    /** Removes the latest dispatches to some queues, as many as each has beyond a number and a weight. */
    List<Dispatch> removeBeyond(int most, long mostBytes, Predicate<String> queues) {
        var removed = new ArrayList<Dispatch>();
        lock.lock();
        try {
            for (var line : turns) {
                while (line.isBeyond(most, mostBytes) && queues.test(line.queue)) {
                    var latest = line.dispatches.removeLast();
                    count(line, latest, -1);
                    removed.add(latest);
                }
            }
        } finally {
            lock.unlock();
        }
        return removed;
    }

    List<Dispatch> drain() {
        lock.lock();
        try {
            var drained = new ArrayList<Dispatch>(size);
            turns.forEach(line -> drained.addAll(line.dispatches));
            turns.clear();
            lines.clear();
            size = 0;
            bytes = 0;
            return drained;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void count(QueueLine line, Dispatch dispatch, int sign) {
        var weight = sign * dispatch.content().bytes();
        line.bytes += weight;
        bytes += weight;
        size += sign;
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    private static final class QueueLine {

        private final String queue;
        private final Deque<Dispatch> dispatches = new ArrayDeque<>();
        private long bytes;

        QueueLine(String queue) {
            this.queue = queue;
        }

        /** Never of its only one. */
        boolean isBeyond(int most, long mostBytes) {
            return dispatches.size() > 1 && (dispatches.size() > most || bytes > mostBytes);
        }
    }
}
