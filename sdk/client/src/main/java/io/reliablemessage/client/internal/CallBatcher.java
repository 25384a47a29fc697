package io.reliablemessage.client.internal;

import io.reliablemessage.client.ClientSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls of one kind on their way to the service. Safe for any number of threads.
 *
 * <p>Who finds the line free goes at once, alone, in the calling thread. What comes while the line is busy gathers,
 * and a sender thread takes it all in one request, again and again until nothing waits. So a lone caller waits for
 * nobody and pays for no hand-over, and no caller's interrupt or deadline ends a request that carries others.
 *
 * <p>Lines that share their flights take turns. Where callers prepare, then confirm, that keeps them together: were
 * both kinds on their way at once, each request would carry half as many.
 */
public final class CallBatcher<T> {

    private static final int GATHERING_PART = 4;

    private final BatchSender<T> courier;
    private final ClientSettings settings;
    private final Executor senders;
    private final Executor completions;
    private final Semaphore flights;
    private final Runnable watch;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isIdle = lock.newCondition();
    private final Condition isGathered = lock.newCondition();
    private final PendingCalls<T> waiting;
    private final List<List<PendingCall<T>>> underWay = new ArrayList<>();
    private int alone;
    private int sending;
    private int usual = 1; // calls that come together, as far as the last batches tell
    private long lastNanos;
    private boolean isClosed;

    /**
     * @param senders where requests for several callers are sent from
     * @param completions where callers' code may run when their futures complete
     * @param flights a permit for each request that may be on its way, of all lines that share it
     * @param watch has {@link #releaseOverdue} called from time to time until nothing is open here any more
     */
    CallBatcher(
            BatchSender<T> courier,
            ClientSettings settings,
            Executor senders,
            Executor completions,
            Semaphore flights,
            Runnable watch) {
        this.courier = courier;
        this.settings = settings;
        this.senders = senders;
        this.completions = completions;
        this.flights = flights;
        this.watch = watch;
        this.waiting = new PendingCalls<>(settings.coalescing());
    }

    public T call(EncodedCall item) {
        var ticket = new PendingCall<T>(item, settings.requestTimeout());
        var outcome = goesAlone(ticket) ? sendAlone(ticket) : await(ticket);
        return outcome.orThrow(courier.call(ticket));
    }

    public CompletableFuture<T> callAsync(EncodedCall item) {
        var ticket = new PendingCall<T>(item, settings.requestTimeout());
        enqueue(ticket);
        var promise = ticket.promise(courier.call(ticket), completions);
        var unused = promise.whenComplete((value, failure) -> {
            // However it ended, by its deadline or by its caller: what is not sent yet never will be.
            leave(ticket);
            ticket.end(Outcome.unanswered("cancelled"));
        });
        return promise;
    }

    /** @return false: it waits, or it ended already */
    private boolean goesAlone(PendingCall<T> ticket) {
        lock.lock();
        try {
            var isFree = !settings.coalescing().enabled()
                    || (waiting.isEmpty() && usual == 1 && hasRoom() && flights.tryAcquire());
            if (isFree && !isClosed) {
                alone++;
                return true;
            }
            enqueue(ticket);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Outcome<T> sendAlone(PendingCall<T> ticket) {
        try {
            return courier.send(ticket);
        } finally {
            if (settings.coalescing().enabled()) {
                flights.release();
            }
            lock.lock();
            try {
                alone--;
                proceed();
            } finally {
                lock.unlock();
            }
        }
    }

    private void enqueue(PendingCall<T> ticket) {
        lock.lock();
        try {
            if (isClosed) {
                ticket.end(Outcome.unanswered("not sent: the client is closed"));
            } else if (!waiting.add(ticket)) {
                ticket.end(Outcome.unanswered("not sent: too many calls are waiting"));
            } else {
                watch.run();
            }
            if (waiting.size() >= usual) {
                isGathered.signalAll();
            }
            proceed();
        } finally {
            lock.unlock();
        }
    }

    private Outcome<T> await(PendingCall<T> ticket) {
        try {
            return ticket.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ticket.end(leave(ticket) ? notSent("interrupted") : Outcome.unanswered("interrupted"));
            return ticket.outcome(); // or what came at the last moment
        }
    }

    private static <T> Outcome<T> notSent(String why) {
        return Outcome.unanswered("not sent: " + why + " while other calls were on their way");
    }

    /**
     * Ends the calls whose time is over. Callers leave that to one clock: a thread that waits with a time-out costs
     * a timer each time, and that is more than all else that a call costs here.
     *
     * @return whether calls are open that may have to be ended later
     */
    boolean releaseOverdue() {
        lock.lock();
        try {
            waiting.takeOverdue().forEach(ticket -> ticket.end(notSent("timed out")));
            underWay.forEach(batch -> batch.stream()
                    .filter(PendingCall::isOverdue)
                    .forEach(ticket -> ticket.end(Outcome.unanswered("timed out"))));
            return !waiting.isEmpty() || !underWay.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether it was waiting, so that it will never be sent */
    private boolean leave(PendingCall<T> ticket) {
        lock.lock();
        try {
            return waiting.remove(ticket);
        } finally {
            lock.unlock();
        }
    }

    /** Sees to it that whatever waits is on its way to be sent, and that who waits for silence hears it. */
    private void proceed() {
        if (!waiting.isEmpty() && hasRoom()) {
            senders.execute(this::sendWhatWaits);
            sending++;
        }
        if (alone + sending == 0) {
            isIdle.signalAll();
        }
    }

    private boolean hasRoom() {
        var busy = settings.coalescing().enabled() ? alone + sending : sending;
        return busy < settings.coalescing().inFlight();
    }

    private void sendWhatWaits() {
        var isMore = true;
        while (isMore) {
            flights.acquireUninterruptibly();
            try {
                gather();
                var batch = take();
                isMore = !batch.isEmpty();
                if (isMore) {
                    carry(batch);
                }
            } finally {
                flights.release();
            }
        }
    }

    private void carry(List<PendingCall<T>> batch) {
        var start = System.nanoTime();
        try {
            courier.carry(batch, () -> remember(batch.size(), System.nanoTime() - start));
        } finally {
            lock.lock();
            underWay.removeIf(carried -> carried == batch);
            lock.unlock();
        }
    }

    /**
     * Callers that were answered together come again together: so many are waited for, for a part of a
     * round trip at most.
     */
    private void gather() {
        lock.lock();
        try {
            var left = lastNanos / GATHERING_PART;
            while (!waiting.isEmpty() && waiting.size() < usual && left > 0) {
                left = isGathered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** To be called before the callers hear, and so before they come again: who waits by then would have come along. */
    private void remember(int items, long nanos) {
        lock.lock();
        try {
            var together = items + waiting.size();
            usual = Math.max(together, (together + usual) / 2);
            lastNanos = nanos;
        } finally {
            lock.unlock();
        }
    }

    private List<PendingCall<T>> take() {
        lock.lock();
        try {
            var batch = waiting.takeBatch();
            if (batch.isEmpty()) {
                sending--;
                proceed();
            } else {
                underWay.add(batch);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    void stopTaking() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was taken is answered; what then still waits for its turn fails. */
    void finish(long deadline) {
        lock.lock();
        try {
            var left = deadline - System.nanoTime();
            while (alone + sending > 0 && left > 0) {
                left = isIdle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.takeAll().forEach(ticket -> ticket.end(Outcome.unanswered("not sent: the client was closed")));
            lock.unlock();
        }
    }
}
