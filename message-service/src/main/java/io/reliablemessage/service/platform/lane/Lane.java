package io.reliablemessage.service.platform.lane;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Coalesces calls of one kind (leader and followers). Safe for any number of threads.
 *
 * <p>The calling thread that finds no leader becomes one: it takes all that waits, writes it, completes each call with its own
 * results, and hands the lead to the first that came meanwhile. Whenever a call waits, somebody leads. There is one leader at a
 * time: what a second one would write at once is better written with the next batch.
 *
 * @param <Q> a request
 * @param <R> its result
 */
public final class Lane<Q, R> {

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

    private final LaneProperties limits;
    private final ToLongFunction<Q> bytesOf;
    private final Writer<Q, R> writer;
    private final LaneMetrics metrics;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Ticket<Q, R>> waiting = new ArrayDeque<>();
    private int waitingItems;
    private long waitingBytes;
    private boolean isLed;

    Lane(LaneProperties limits, ToLongFunction<Q> bytesOf, Writer<Q, R> writer, LaneMetrics metrics) {
        this.limits = limits;
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
    public List<Result<R>> submitAll(List<Q> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        if (!limits.enabled()) {
            return write(requests);
        }
        var ticket =
                new Ticket<Q, R>(requests, requests.stream().mapToLong(bytesOf).sum());
        if (enqueue(ticket)) {
            Thread.yield(); // calls that have been read already come along
            lead();
        } else if (ticket.awaitTurn()) {
            lead();
        }
        return ticket.results();
    }

    /** @return whether the ticket's thread has to lead */
    private boolean enqueue(Ticket<Q, R> ticket) {
        lock.lock();
        try {
            var isFull = waitingItems + ticket.items() > limits.waitingItems()
                    || waitingBytes + ticket.bytes() > limits.waitingBytes().toBytes();
            if (isFull && !waiting.isEmpty()) {
                throw new Problem(UNAVAILABLE, "Too much is waiting to be written. Repeat the call a little later.");
            }
            waiting.add(ticket);
            count(ticket, 1);
            var leads = !isLed; // then nobody waited, and the ticket is the first of its batch
            isLed = true;
            return leads;
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        var batch = take();
        List<Result<R>> results = List.of();
        try {
            results = write(
                    batch.stream().flatMap(ticket -> ticket.requests().stream()).toList());
        } finally {
            handOver();
            complete(batch, results);
        }
    }

    private List<Result<R>> write(List<Q> requests) {
        return metrics.timed(requests.size(), () -> Batch.write(requests, writer));
    }

    private List<Ticket<Q, R>> take() {
        lock.lock();
        try {
            var batch = new ArrayList<Ticket<Q, R>>();
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
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(Ticket<Q, R> next, int items, long bytes) {
        return items + next.items() <= limits.batchItems()
                && bytes + next.bytes() <= limits.batchBytes().toBytes();
    }

    private void handOver() {
        @Nullable Ticket<Q, R> next;
        lock.lock();
        try {
            next = waiting.peek();
            if (next == null) {
                isLed = false;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.promote();
        }
    }

    private void complete(List<Ticket<Q, R>> batch, List<Result<R>> results) {
        var from = 0;
        for (var ticket : batch) {
            var beyond = from + ticket.items();
            ticket.complete(
                    beyond <= results.size()
                            ? results.subList(from, beyond)
                            : Collections.nCopies(
                                    ticket.items(),
                                    new Result.Failed<>(new Problem(
                                            UNAVAILABLE, "The batch was not written to its end. Repeat the call."))));
            from = beyond;
        }
    }

    private void count(Ticket<Q, R> ticket, int sign) {
        waitingItems += sign * ticket.items();
        waitingBytes += sign * ticket.bytes();
        metrics.waiting(waitingItems);
    }
}
