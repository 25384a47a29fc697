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
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Coalesces calls of one kind (leader and followers). Safe for any number of threads.
 *
 * <p>The calling thread that finds no leader becomes one: it takes all waiting calls, writes them, completes each with
 * its own results, and hands the lead to the first that came meanwhile. Whenever a call waits, somebody leads. There is
 * one leader at a time: what a second one would write at once is better written with the next batch.
 *
 * <p>A call waits for others as long as its {@link CallTimeout} allows, and leads once, for another time-out at most.
 * While the database is slow no caller leads, but a thread of the group commit's that may wait longer: else each batch
 * would give up on a connection whose statement goes on, and the next one would take another.
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
        /**
         * Writes requests. What it throws means that nothing was committed, so that it may be called again, unless it is
         * about a connection or a COMMIT.
         *
         * @return one result per request, in order, all of them committed; null: not written yet, and wants to be again
         */
        List<@Nullable R> write(List<Q> requests);

        /** Follows a request's commit; a failure reaches nobody. */
        default void committed(Q request, R result) {}
    }

    /**
     * How requests share batches.
     *
     * @param bytesOf the bytes of a request
     * @param row what a request locks, to be compared; null: a row of its own
     */
    record Sharing<Q>(ToLongFunction<Q> bytesOf, Function<Q, @Nullable Object> row) {}

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final int SLOW = 4; // a batch that takes a fourth of its callers' timeout
    private static final int LEADER_TIMEOUT_FACTOR = 5; // times that of its callers

    private final GroupCommitProperties limits;
    private final Duration timeout;
    private final ToLongFunction<Q> bytesOf;
    private final GroupCommitMetrics metrics;
    private final GroupCommitThreads threads;
    private final Batch<Q, R> batch;
    private final Asides<Q, R> asides;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<PendingCall<Q, R>> waiting = new ArrayDeque<>();
    private final Lead lead = new Lead();
    private List<PendingCall<Q, R>> underWay = List.of();
    private int waitingItems;
    private long waitingBytes;
    private boolean isSlow;

    GroupCommit(
            GroupCommitProperties limits,
            Duration timeout,
            Sharing<Q> sharing,
            Writer<Q, R> writer,
            GroupCommitMetrics metrics,
            GroupCommitThreads threads) {
        this.limits = limits;
        this.timeout = timeout;
        this.bytesOf = sharing.bytesOf();
        this.metrics = metrics;
        this.threads = threads;
        var locked = new LockedRequests<>(sharing.row());
        this.batch = new Batch<>(writer, locked, threads.hasty());
        this.asides = new Asides<>(locked, batch, timeout);
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
        return asides.write(requests, this::together);
    }

    private List<CallResult<R>> together(List<Q> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        if (!limits.enabled()) {
            return alone(requests);
        }
        var call = new PendingCall<Q, R>(
                requests, requests.stream().mapToLong(bytesOf).sum(), CallTimeout.leftOf(timeout));
        if (enqueue(call)) {
            Thread.yield(); // calls that have been read already come along
        }
        for (var turn = call.awaitTurn(); turn != PendingCall.NONE; turn = call.awaitTurn()) {
            if (!lead(turn, timeout)) {
                call.demote();
            }
        }
        return call.results();
    }

    @SuppressWarnings("try") // held open
    private List<CallResult<R>> alone(List<Q> requests) {
        try (var limited = CallTimeout.of(timeout)) {
            return write(requests);
        }
    }

    /** @return whether the call's own thread is to lead */
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
            return !lead.isHeld() && appoint(call); // nobody waited, so the call is the first of its batch
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the call's own thread is to lead */
    private boolean appoint(PendingCall<Q, R> first) {
        var number = lead.appoint();
        if (isSlow && startAside(number)) {
            return false;
        }
        first.promote(number);
        return true;
    }

    private boolean startAside(long number) {
        try {
            threads.start(() -> lead(number, timeout.multipliedBy(LEADER_TIMEOUT_FACTOR)));
            return true;
        } catch (RuntimeException | Error failure) {
            report(failure, "a thread to lead a group commit cannot be started");
            return false;
        }
    }

    /** @return false: another one leads in its place */
    @SuppressWarnings("try") // held open
    private boolean lead(long number, Duration patience) {
        var start = System.nanoTime();
        if (!begin(number)) {
            return false;
        }
        List<CallResult<R>> results = List.of();
        try (var limited = CallTimeout.of(patience)) {
            results = write(
                    take().stream().flatMap(call -> call.requests().stream()).toList());
        } catch (RuntimeException | Error failure) {
            report(failure, "a batch was not written to its end, its calls are answered 503");
        } finally {
            var written = underWay;
            try {
                handOver(System.nanoTime() - start);
            } finally {
                complete(written, results);
            }
        }
        return true;
    }

    private boolean begin(long number) {
        lock.lock();
        try {
            return lead.begin(number);
        } finally {
            lock.unlock();
        }
    }

    private List<CallResult<R>> write(List<Q> requests) {
        return metrics.timed(requests.size(), () -> batch.write(requests));
    }

    private List<PendingCall<Q, R>> take() {
        lock.lock();
        try {
            var taken = new ArrayList<PendingCall<Q, R>>(waiting.size());
            underWay = taken; // before any call leaves the queue, so that none is lost
            var items = 0;
            var bytes = 0L;
            for (var next = waiting.peek();
                    next != null && (taken.isEmpty() || fits(next, items, bytes));
                    next = waiting.peek()) {
                taken.add(next);
                waiting.remove();
                count(next, -1);
                items += next.items();
                bytes += next.bytes();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(PendingCall<Q, R> next, int items, long bytes) {
        return items + next.items() <= limits.batchItems()
                && bytes + next.bytes() <= limits.batchBytes().toBytes();
    }

    private void handOver(long nanos) {
        lock.lock();
        try {
            underWay = List.of();
            isSlow = nanos > timeout.toNanos() / SLOW;
            passOn();
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        var next = waiting.peek();
        if (next == null) {
            lead.release();
        } else {
            appoint(next);
        }
    }

    private void complete(List<PendingCall<Q, R>> calls, List<CallResult<R>> results) {
        var from = 0;
        for (var i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            var beyond = from + call.items();
            try {
                if (beyond <= results.size()) {
                    call.complete(results.subList(from, beyond));
                } else {
                    call.end();
                }
            } catch (RuntimeException | Error failure) {
                call.end();
                report(failure, "a call could not be given its results");
            }
            from = beyond;
        }
    }

    /**
     * Answers calls that have waited too long, and replaces a leader that does not begin. A batch under way continues,
     * but its results are dropped.
     */
    void releaseOverdue() {
        lock.lock();
        try {
            underWay.stream()
                    .filter(PendingCall::isOverdue)
                    .forEach(call -> release(
                            call,
                            "The database takes too long; whether the call took effect is not known. Repeat it."));
            for (var next = waiting.iterator(); next.hasNext(); ) {
                var call = next.next();
                if (call.isOverdue()) {
                    next.remove();
                    count(call, -1);
                    release(call, "The database takes too long; nothing was done. Repeat the call later.");
                }
            }
            if (lead.isLost()) {
                waiting.forEach(PendingCall::demote);
                isSlow = true; // a thread of its own leads next
                passOn();
            }
        } finally {
            lock.unlock();
        }
    }

    private void release(PendingCall<Q, R> overdue, String detail) {
        overdue.fail(new Problem(UNAVAILABLE, detail));
        metrics.overdue(overdue.items());
    }

    private void count(PendingCall<Q, R> call, int sign) {
        waitingItems += sign * call.items();
        waitingBytes += sign * call.bytes();
        metrics.waiting(waitingItems);
    }

    private static void report(Throwable failure, String event) {
        try {
            log.atError().setCause(failure).log(event);
        } catch (RuntimeException | Error alsoFailed) {
            failure.addSuppressed(alsoFailed); // nothing is left to tell it with
        }
    }
}
