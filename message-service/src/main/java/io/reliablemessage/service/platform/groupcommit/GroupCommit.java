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
 * <p>The calling thread that finds no leader becomes one: it takes all that waits, writes it, completes each call
 * with its own results, and hands the lead to the first that came meanwhile. Whenever a call waits, somebody leads.
 * There is one leader at a time: what a second one would write at once is better written with the next batch.
 *
 * <p>Who leads waits for the database as long as its {@link CallTimeout} says; who follows is released when its own
 * has ended. While the database is slow no caller leads, but a thread of the lane's that may wait longer: else each
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

    private static final int SLOW = 4; // a batch that takes a fourth of its callers' patience
    private static final int PATIENCE_OF_THE_LANE = 5; // times that of its callers

    private final GroupCommitProperties limits;
    private final Duration patience;
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
            Duration patience,
            ToLongFunction<Q> bytesOf,
            Writer<Q, R> writer,
            GroupCommitMetrics metrics) {
        this.limits = limits;
        this.patience = patience;
        this.bytesOf = bytesOf;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Writes one request, together with whatever others come at the same time. */
    public R submit(Q request) {
        return submitAll(List.of(request)).getFirst().orThrow();
    }

    /**
     * Writes the requests of one call.
     *
     * @return one result per request, in order
     * @throws Problem UNAVAILABLE when too much waits already; nothing was looked at then
     */
    public List<CallResult<R>> submitAll(List<Q> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        if (!limits.enabled()) {
            return write(requests);
        }
        var ticket = new PendingCall<Q, R>(
                requests, requests.stream().mapToLong(bytesOf).sum());
        if (enqueue(ticket)) {
            Thread.yield(); // calls that have been read already come along
            lead();
        } else if (ticket.awaitTurn()) {
            lead();
        }
        return ticket.results();
    }

    /** @return whether the ticket's thread has to lead */
    private boolean enqueue(PendingCall<Q, R> ticket) {
        lock.lock();
        try {
            var isFull = waitingItems + ticket.items() > limits.waitingItems()
                    || waitingBytes + ticket.bytes() > limits.waitingBytes().toBytes();
            if (isFull && !waiting.isEmpty()) {
                metrics.full(ticket.items());
                throw new Problem(UNAVAILABLE, "Too much is waiting to be written. Repeat the call a little later.");
            }
            waiting.add(ticket);
            count(ticket, 1);
            if (isLed) {
                return false;
            }
            isLed = true; // nobody waited, so the ticket is the first of its batch
            return appoint(ticket);
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the ticket's own thread is to lead */
    private boolean appoint(PendingCall<Q, R> first) {
        if (isSlow) {
            Thread.ofVirtual().name("lane").start(this::leadAside);
        } else {
            first.promote();
        }
        return !isSlow;
    }

    @SuppressWarnings("try") // held open
    private void leadAside() {
        try (var longer = CallTimeout.of(patience.multipliedBy(PATIENCE_OF_THE_LANE))) {
            lead();
        }
    }

    private void lead() {
        var start = System.nanoTime();
        var batch = take();
        List<CallResult<R>> results = List.of();
        try {
            results = write(
                    batch.stream().flatMap(ticket -> ticket.requests().stream()).toList());
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
            isSlow = taken.multipliedBy(SLOW).compareTo(patience) > 0;
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
        for (var ticket : batch) {
            var beyond = from + ticket.items();
            if (beyond <= results.size()) {
                ticket.complete(results.subList(from, beyond));
            } else {
                ticket.fail(new Problem(UNAVAILABLE, "The batch was not written to its end. Repeat the call."));
            }
            from = beyond;
        }
    }

    /** Answers the calls that have waited for too long. What is on its way goes on, and nobody hears of it. */
    void releaseOverdue() {
        lock.lock();
        try {
            underWay.stream()
                    .filter(ticket -> ticket.isOverdue(patience))
                    .forEach(ticket -> release(
                            ticket,
                            "The database takes too long; whether the call took effect is not known. Repeat it."));
            for (var next = waiting.iterator(); next.hasNext(); ) {
                var ticket = next.next();
                if (ticket.isOverdue(patience)) {
                    next.remove();
                    count(ticket, -1);
                    release(ticket, "The database takes too long; nothing was done. Repeat the call later.");
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

    private void count(PendingCall<Q, R> ticket, int sign) {
        waitingItems += sign * ticket.items();
        waitingBytes += sign * ticket.bytes();
        metrics.waiting(waitingItems);
    }
}
