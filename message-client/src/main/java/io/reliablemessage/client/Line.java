package io.reliablemessage.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls of one kind on their way to the service. Safe for any number of threads.
 *
 * <p>Who finds the line free goes at once, alone, in the calling thread. What comes while the line is busy gathers, and
 * a sender thread takes it all in one request, again and again until nothing waits. So a lone caller waits for nobody and
 * pays for no hand-over, and no caller's interrupt or deadline ends a request that carries others.
 *
 * <p>Lines that share their flights take turns. Where callers prepare, then confirm, that keeps them together: were both
 * kinds on their way at once, each request would carry half as many.
 */
final class Line<T> {

    private static final Duration GATHERING_PAUSE = Duration.ofNanos(50_000);
    private static final int GATHERING_PART = 4;

    private final Courier<T> courier;
    private final ClientSettings settings;
    private final Executor senders;
    private final Executor completions;
    private final Semaphore flights;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isIdle = lock.newCondition();
    private final WaitingTickets<T> waiting;
    private int alone;
    private int sending;
    private int usual = 1; // calls that come together, as far as the last batches tell
    private long lastNanos;
    private boolean isClosed;

    /**
     * @param senders where requests for several callers are sent from
     * @param completions where callers' code may run when their futures complete
     * @param flights a permit for each request that may be on its way, of all lines that share it
     */
    Line(Courier<T> courier, ClientSettings settings, Executor senders, Executor completions, Semaphore flights) {
        this.courier = courier;
        this.settings = settings;
        this.senders = senders;
        this.completions = completions;
        this.flights = flights;
        this.waiting = new WaitingTickets<>(settings.coalescing());
    }

    T call(Item item) {
        var ticket = new Ticket<T>(item, settings.requestTimeout());
        var outcome = goesAlone(ticket) ? sendAlone(ticket) : await(ticket);
        return outcome.orThrow(courier.call(ticket));
    }

    CompletableFuture<T> callAsync(Item item) {
        var ticket = new Ticket<T>(item, settings.requestTimeout());
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
    private boolean goesAlone(Ticket<T> ticket) {
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

    private Outcome<T> sendAlone(Ticket<T> ticket) {
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

    private void enqueue(Ticket<T> ticket) {
        lock.lock();
        try {
            if (isClosed) {
                ticket.end(Outcome.unanswered("not sent: the client is closed"));
            } else if (!waiting.add(ticket)) {
                ticket.end(Outcome.unanswered("not sent: too many calls are waiting"));
            }
            proceed();
        } finally {
            lock.unlock();
        }
    }

    private Outcome<T> await(Ticket<T> ticket) {
        try {
            return ticket.await();
        } catch (TimeoutException e) {
            return giveUp(ticket, "timed out");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(ticket, "interrupted");
        }
    }

    private Outcome<T> giveUp(Ticket<T> ticket, String why) {
        ticket.end(
                Outcome.unanswered(leave(ticket) ? "not sent: " + why + " while other calls were on their way" : why));
        return ticket.outcome(); // or what came at the last moment
    }

    /** @return whether it was waiting, so that it will never be sent */
    private boolean leave(Ticket<T> ticket) {
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
                    var start = System.nanoTime();
                    courier.carry(batch);
                    remember(batch.size(), System.nanoTime() - start);
                }
            } finally {
                flights.release();
            }
        }
    }

    /** Callers that were answered together come again together: so many are waited for, for a part of a round trip at most. */
    private void gather() {
        var start = System.nanoTime();
        while (areFewerThanUsual(System.nanoTime() - start)) {
            LockSupport.parkNanos(GATHERING_PAUSE.toNanos());
        }
    }

    private boolean areFewerThanUsual(long sinceNanos) {
        lock.lock();
        try {
            return !waiting.isEmpty() && waiting.size() < usual && sinceNanos < lastNanos / GATHERING_PART;
        } finally {
            lock.unlock();
        }
    }

    private void remember(int items, long nanos) {
        lock.lock();
        try {
            usual = Math.max(items, (items + usual) / 2);
            lastNanos = nanos;
        } finally {
            lock.unlock();
        }
    }

    private List<Ticket<T>> take() {
        lock.lock();
        try {
            var batch = waiting.takeBatch();
            if (batch.isEmpty()) {
                sending--;
                proceed();
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
