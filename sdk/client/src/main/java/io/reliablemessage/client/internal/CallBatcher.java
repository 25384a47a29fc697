package io.reliablemessage.client.internal;

import io.reliablemessage.client.CallResult;
import io.reliablemessage.client.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Sends calls of one kind, alone or in batches. Safe for any number of threads.
 *
 * <p>A call that finds the batcher idle is sent at once, alone, in the calling thread; so are calls that are made
 * together and fit into one request. Calls that come meanwhile gather, and a sender thread sends them in one request,
 * again and again until none waits. So a lone caller does not wait and pays for no hand-over, and no caller's interrupt
 * or deadline ends a request that carries others.
 *
 * <p>Batchers that share their permits take turns. Where callers prepare, then confirm, that keeps them together: were
 * both kinds on their way at once, each request would carry half as many.
 */
public final class CallBatcher<T> {

    private static final int GATHERING_PART = 4;
    // Calls may have less time than the last round trip took; waiting for others must not use it up.
    private static final Duration MAX_GATHERING = Duration.ofMillis(50);

    private final BatchSender<T> sender;
    private final ClientSettings settings;
    private final Executor senders;
    private final Executor completions;
    private final Semaphore permits;
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
     * @param permits one for each request that may be on its way, of all batchers that share it
     * @param watch calls {@link #releaseOverdue} from time to time until no call is open here
     */
    CallBatcher(
            BatchSender<T> sender,
            ClientSettings settings,
            Executor senders,
            Executor completions,
            Semaphore permits,
            Runnable watch) {
        this.sender = sender;
        this.settings = settings;
        this.senders = senders;
        this.completions = completions;
        this.permits = permits;
        this.watch = watch;
        this.waiting = new PendingCalls<>(settings);
    }

    public T call(EncodedCall item) {
        var call = new PendingCall<T>(item, settings.requestTimeout());
        var outcome = goesAlone(List.of(call)) ? alone(() -> sender.send(call)) : await(call);
        return outcome.orThrow(sender.describe(call));
    }

    /**
     * Makes calls together, and returns their results in order, in time.
     *
     * @param within at most the request timeout counts
     */
    public List<CallResult<T>> callAll(List<EncodedCall> items, Duration within) {
        var time = within.compareTo(settings.requestTimeout()) < 0 ? within : settings.requestTimeout();
        var calls = items.stream().map(item -> new PendingCall<T>(item, time)).toList();
        if (!calls.isEmpty() && goesAlone(calls)) {
            alone(() -> sendInTurn(calls));
        }
        return calls.stream().map(this::result).toList();
    }

    private List<PendingCall<T>> sendInTurn(List<PendingCall<T>> calls) {
        PendingCalls.split(calls, settings.coalescing()).forEach(batch -> sender.carry(batch, () -> {}));
        return calls;
    }

    private CallResult<T> result(PendingCall<T> call) {
        return await(call).resolve(sender.describe(call), CallResult::of, CallResult::failed);
    }

    public CompletableFuture<T> callAsync(EncodedCall item) {
        var call = new PendingCall<T>(item, settings.requestTimeout());
        enqueue(call);
        var promise = call.promise(sender.describe(call), completions);
        var unused = promise.whenComplete((value, failure) -> {
            // However it ended, by its deadline or by its caller: what is not sent yet never will be.
            leave(call);
            call.end(Outcome.unanswered("cancelled"));
        });
        return promise;
    }

    /** @return false: they wait, or ended already */
    private boolean goesAlone(List<PendingCall<T>> calls) {
        lock.lock();
        try {
            if (!isClosed && mayGoAlone(calls)) {
                alone++;
                return true;
            }
            calls.forEach(this::enqueue); // under one lock, so that no sender takes some of them only
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayGoAlone(List<PendingCall<T>> calls) {
        return !settings.coalescing().enabled()
                || (waiting.isEmpty() && usual == 1 && isOneRequest(calls) && hasRoom() && permits.tryAcquire());
    }

    private boolean isOneRequest(List<PendingCall<T>> calls) {
        return calls.size() == 1
                || PendingCalls.split(calls, settings.coalescing()).size() == 1;
    }

    private <R> R alone(Supplier<R> send) {
        try {
            return send.get();
        } finally {
            if (settings.coalescing().enabled()) {
                permits.release();
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

    private void enqueue(PendingCall<T> call) {
        lock.lock();
        try {
            if (isClosed) {
                call.end(Outcome.unanswered("not sent: the client is closed"));
            } else if (!waiting.add(call)) {
                call.end(Outcome.unanswered("not sent: too many calls are waiting"));
            } else {
                watch.run();
            }
            if (waiting.size() >= usual) {
                isGathered.signalAll();
            }
            proceed();
        } catch (RuntimeException | Error e) {
            waiting.remove(call);
            call.end(noThread(e));
        } finally {
            lock.unlock();
        }
    }

    private Outcome<T> await(PendingCall<T> call) {
        try {
            return call.await();
        } catch (TimeoutException e) {
            return giveUp(call, "timed out", NoAnswer.timedOut(settings.url()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(call, "interrupted", NoAnswer.interrupted(settings.url()));
        }
    }

    /** Returns what the call ended with: this, or what came at the last moment. */
    private Outcome<T> giveUp(PendingCall<T> call, String why, String whyUnanswered) {
        call.end(leave(call) ? Outcome.notSent(why, settings.url()) : Outcome.unanswered(whyUnanswered));
        return call.outcome();
    }

    private static <T> Outcome<T> noThread(Throwable cause) {
        return Outcome.unanswered("not sent: no thread could be started", cause);
    }

    /**
     * Ends calls after their timeout. One clock does this for all futures; a caller that blocks has its own besides.
     *
     * @return whether calls are open that may have to be ended later
     */
    boolean releaseOverdue() {
        lock.lock();
        try {
            waiting.takeOverdue().forEach(call -> call.end(Outcome.notSent("timed out", settings.url())));
            underWay.forEach(batch -> batch.stream()
                    .filter(PendingCall::isOverdue)
                    .forEach(call -> call.end(Outcome.unanswered(NoAnswer.timedOut(settings.url())))));
            return !waiting.isEmpty() || !underWay.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether it was waiting, so that it will never be sent */
    private boolean leave(PendingCall<T> call) {
        lock.lock();
        try {
            return waiting.remove(call);
        } finally {
            lock.unlock();
        }
    }

    /** Starts sending the waiting calls, and signals those who wait until none is left. */
    private void proceed() {
        if (!waiting.isEmpty() && hasRoom()) {
            startSender();
        }
        if (alone + sending == 0) {
            isIdle.signalAll();
        }
    }

    private void startSender() {
        try {
            senders.execute(this::sendWhatWaits);
            sending++;
        } catch (RuntimeException | Error e) {
            if (alone + sending == 0) { // else those who are sending start one later
                waiting.takeAll().forEach(call -> call.end(noThread(e)));
            }
        }
    }

    private boolean hasRoom() {
        var busy = settings.coalescing().enabled() ? alone + sending : sending;
        return busy < settings.coalescing().inFlight();
    }

    private void sendWhatWaits() {
        try {
            var isMore = true;
            while (isMore) {
                isMore = sendNextBatch();
            }
        } finally { // of an Error, too: then another sender goes on
            lock.lock();
            try {
                sending--;
                proceed();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean sendNextBatch() {
        permits.acquireUninterruptibly(); // those who have them send, which ends in time
        try {
            gather();
            var batch = take();
            if (!batch.isEmpty()) {
                carry(batch);
            }
            return !batch.isEmpty();
        } finally {
            permits.release();
        }
    }

    private void carry(List<PendingCall<T>> batch) {
        var start = System.nanoTime();
        try {
            sender.carry(batch, () -> remember(batch.size(), System.nanoTime() - start));
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
            var left = Math.min(lastNanos / GATHERING_PART, MAX_GATHERING.toNanos());
            while (!waiting.isEmpty() && waiting.size() < usual && left > 0) {
                left = isGathered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * To be called before the callers get their results and call again: calls that wait by then would have joined
     * anyway.
     */
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
            if (!batch.isEmpty()) {
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

    /** Waits until all sent calls are answered; calls that are still waiting then fail. */
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
            waiting.takeAll().forEach(call -> call.end(Outcome.unanswered("not sent: the client was closed")));
            lock.unlock();
        }
    }
}
