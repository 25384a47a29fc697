package io.reliablemessage.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls of one kind on their way to the service. Safe for any number of threads.
 *
 * <p>Who finds the line free goes at once, alone, in the calling thread. What comes while the line is busy gathers, and
 * a sender thread takes it all in one request, again and again until nothing waits. So nobody waits for a timer, a lone
 * caller pays for no hand-over, and no caller's interrupt or deadline ends a request that carries others.
 */
final class Line<T> {

    private final String path;
    private final Class<T> type;
    private final ServiceConnection service;
    private final ClientSettings settings;
    private final Executor senders;
    private final Executor completions;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isIdle = lock.newCondition();
    private final WaitingTickets<T> waiting;
    private int alone;
    private int sending;
    private boolean isClosed;

    /**
     * @param path where arrays of such calls go
     * @param senders where requests for several callers are sent from
     * @param completions where callers' code may run when their futures complete
     */
    Line(
            String path,
            Class<T> type,
            ServiceConnection service,
            ClientSettings settings,
            Executor senders,
            Executor completions) {
        this.path = path;
        this.type = type;
        this.service = service;
        this.settings = settings;
        this.senders = senders;
        this.completions = completions;
        this.waiting = new WaitingTickets<>(settings.coalescing());
    }

    T call(Item item) {
        var ticket = new Ticket<T>(item, settings.requestTimeout());
        var outcome = goesAlone(ticket) ? sendAlone(ticket) : await(ticket);
        return outcome.orThrow(item.call());
    }

    CompletableFuture<T> callAsync(Item item) {
        var ticket = new Ticket<T>(item, settings.requestTimeout());
        enqueue(ticket);
        var promise = ticket.promise(completions);
        // However it ended, by its deadline or by its caller: what still waits is not sent.
        var unused = promise.whenComplete((value, failure) -> leave(ticket));
        return promise;
    }

    /** @return false: it waits, or it ended already */
    private boolean goesAlone(Ticket<T> ticket) {
        lock.lock();
        try {
            var isFree = !settings.coalescing().enabled() || waiting.isEmpty() && hasRoom();
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
            return service.send(ticket.item(), type, ticket.left());
        } finally {
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
        ticket.end(Outcome.unanswered(leave(ticket) ? "not sent: " + why + " while other calls were on their way" : why));
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
        for (var batch = take(); !batch.isEmpty(); batch = take()) {
            send(batch);
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

    private void send(List<Ticket<T>> batch) {
        try {
            if (batch.size() == 1) {
                sendEach(batch);
            } else {
                sendTogether(batch);
            }
        } catch (RuntimeException | Error e) { // whatever it was: nobody is left waiting
            batch.forEach(ticket -> ticket.end(Outcome.unanswered(e)));
        }
    }

    private void sendTogether(List<Ticket<T>> batch) {
        var items = batch.stream().map(Ticket::item).toList();
        var latest = batch.get(batch.size() - 1); // the others stop waiting by themselves when their time is over
        var answer = service.sendAll(path, items, type, latest.left());
        if (answer instanceof Outcome.Done<List<Outcome<T>>> done) {
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).end(done.value().get(i));
            }
        } else if (answer instanceof Outcome.Failed<List<Outcome<T>>> failed) {
            if (failed.problem().isAboutTheContent()) {
                sendEach(batch); // one of them spoils the array, or together they are too large: each gets its own answer
            } else {
                batch.forEach(ticket -> ticket.end(new Outcome.Failed<>(failed.problem(), failed.cause())));
            }
        }
    }

    private void sendEach(List<Ticket<T>> batch) {
        for (var ticket : batch) {
            if (ticket.isAlive()) {
                ticket.end(service.send(ticket.item(), type, ticket.left()));
            }
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
