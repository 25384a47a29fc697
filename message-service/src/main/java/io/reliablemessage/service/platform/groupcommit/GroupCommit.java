package io.reliablemessage.service.platform.groupcommit;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.database.CallTimeout;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * Coalesces calls of one kind (leader and followers). Safe for any number of threads.
 *
 * <p>The calling thread that finds no leader becomes one: it takes all waiting calls, writes them, completes each with
 * its own results, and hands the lead to the first that came meanwhile. Whenever a call waits, somebody leads. There is
 * one leader at a time: what a second one would write at once is better written with the next batch.
 *
 * <p>Who leads waits for the database as long as its {@link CallTimeout} says; who follows is released when its own has
 * ended. While the database is slow no caller leads, but a thread of the group commit's that may wait longer: else each
 * batch would give up on a connection whose statement goes on, and the next one would take another.
 *
 * @param <Q> a request
 * @param <R> its result
 */
public final class GroupCommit<Q, R> {

    /**
     * Writes requests together and commits them.
     *
     * @param <Q> a request
     * @param <R> its result
     */
    @FunctionalInterface
    public interface Writer<Q, R> {
        /** Returns one result per request, in order, all of them committed. */
        List<R> write(List<Q> requests);
    }

    private static final int SLOW = 4; // a batch that takes a fourth of its callers' timeout
    private static final int LEADER_TIMEOUT_FACTOR = 5; // times that of its callers

    private final GroupCommitProperties limits;
    private final Duration timeout;
    private final ToLongFunction<Q> bytesOf;
    private final Writer<Q, R> writer;
    private final GroupCommitMetrics metrics;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<PendingCall<Q, R>> waiting = new ArrayDeque<>();
    private List<PendingCall<Q, R>> underWay = List.of();
    private int waitingItems;
    private long waitingBytes;
    private boolean isLed;
    private boolean isSlow;

    GroupCommit(
            GroupCommitProperties limits,
            Duration timeout,
            ToLongFunction<Q> bytesOf,
            Writer<Q, R> writer,
            GroupCommitMetrics metrics) {
        this.limits = limits;
        this.timeout = timeout;
        this.bytesOf = bytesOf;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Writes one request, together with others that come at the same time. */
    public R submit(Q request) {
        return submitAll(List.of(request)).getFirst().orThrow();
    }

    /**
     * Writes the requests of one call.
     *
     * @return one result per request, in order
     * @throws Problem UNAVAILABLE when too much is waiting; nothing was read then
     */
    public List<CallResult<R>> submitAll(List<Q> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        if (!limits.enabled()) {
            return write(requests);
        }
        var call = new PendingCall<Q, R>(
                requests, requests.stream().mapToLong(bytesOf).sum());
        if (enqueue(call)) {
            Thread.yield(); // calls that have been read already come along
            lead();
        } else if (call.awaitTurn()) {
            lead();
        }
        return call.results();
    }

    /** @return whether the call's thread has to lead */
    private boolean enqueue(PendingCall<Q, R> call) {
        lock.lock();
        try {
            var isFull = waitingItems + call.items() > limits.waitingItems()
                    || waitingBytes + call.bytes() > limits.waitingBytes().toBytes();
            if (isFull && !waiting.isEmpty()) {
                metrics.full(call.items());
                throw new Problem(UNAVAILABLE, "Too much is waiting to be written. Repeat the call a little later.");
            }
            waiting.add(call);
            count(call, 1);
            if (isLed) {
                return false;
            }
            isLed = true; // nobody waited, so the call is the first of its batch
            return appoint(call);
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the call's own thread is to lead */
    private boolean appoint(PendingCall<Q, R> first) {
        if (isSlow) {
            Thread.ofVirtual().name("group-commit").start(this::leadAside);
        } else {
            first.promote();
        }
        return !isSlow;
    }

    @SuppressWarnings("try") // held open
    private void leadAside() {
        try (var longer = CallTimeout.of(timeout.multipliedBy(LEADER_TIMEOUT_FACTOR))) {
            lead();
        }
    }

    private void lead() {
        var start = System.nanoTime();
        var batch = take();
        List<CallResult<R>> results = List.of();
        try {
            results = write(
                    batch.stream().flatMap(call -> call.requests().stream()).toList());
        } finally {
            handOver(Duration.ofNanos(System.nanoTime() - start));
            complete(batch, results);
        }
    }

    private List<CallResult<R>> write(List<Q> requests) {
        return metrics.timed(requests.size(), () -> Batch.write(requests, writer));
    }

    private List<PendingCall<Q, R>> take() {
        lock.lock();
        try {
            var batch = new ArrayList<PendingCall<Q, R>>();
            var items = 0;
            var bytes = 0L;
            for (var next = waiting.peek();
                    next != null && (batch.isEmpty() || fits(next, items, bytes));
                    next = waiting.peek()) {
                waiting.remove();
                count(next, -1);
                batch.add(next);
                items += next.items();
                bytes += next.bytes();
            }
            underWay = batch;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(PendingCall<Q, R> next, int items, long bytes) {
        return items + next.items() <= limits.batchItems()
                && bytes + next.bytes() <= limits.batchBytes().toBytes();
    }

    private void handOver(Duration taken) {
        lock.lock();
        try {
            underWay = List.of();
            isSlow = taken.multipliedBy(SLOW).compareTo(timeout) > 0;
            var next = waiting.peek();
            if (next == null) {
                isLed = false;
            } else {
                appoint(next);
            }
        } finally {
            lock.unlock();
        }
    }

    private void complete(List<PendingCall<Q, R>> batch, List<CallResult<R>> results) {
        var from = 0;
        for (var call : batch) {
            var beyond = from + call.items();
            if (beyond <= results.size()) {
                call.complete(results.subList(from, beyond));
            } else {
                call.fail(new Problem(UNAVAILABLE, "The batch was not written to its end. Repeat the call."));
            }
            from = beyond;
        }
    }

    /** Answers calls that have waited too long. A batch under way continues, but its results are dropped. */
    void releaseOverdue() {
        lock.lock();
        try {
            underWay.stream()
                    .filter(call -> call.isOverdue(timeout))
                    .forEach(call -> release(
                            call,
                            "The database takes too long; whether the call took effect is not known. Repeat it."));
            for (var next = waiting.iterator(); next.hasNext(); ) {
                var call = next.next();
                if (call.isOverdue(timeout)) {
                    next.remove();
                    count(call, -1);
                    release(call, "The database takes too long; nothing was done. Repeat the call later.");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void release(PendingCall<Q, R> overdue, String detail) {
        metrics.overdue(overdue.items());
        overdue.fail(new Problem(UNAVAILABLE, detail));
    }

    private void count(PendingCall<Q, R> call, int sign) {
        waitingItems += sign * call.items();
        waitingBytes += sign * call.bytes();
        metrics.waiting(waitingItems);
    }
}
