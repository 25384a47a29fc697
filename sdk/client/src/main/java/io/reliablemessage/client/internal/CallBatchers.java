package io.reliablemessage.client.internal;

import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.client.ClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client's batchers, one per kind of call, and the threads they share; all threads are daemons and end when idle. */
public final class CallBatchers implements AutoCloseable {

    private static final int COMPLETION_THREADS = 4;
    private static final Duration WATCH_EVERY = Duration.ofMillis(10);

    private final ClientSettings settings;
    // As many as there are requests in flight, at most six kinds times inFlight, and the one that watches the time.
    private final ExecutorService senders = Daemons.pool("reliable-message-sender-");
    // Not closed with the rest: even a late call must end.
    private final ForkJoinPool completions = completions();

    private final AtomicBoolean isWatched = new AtomicBoolean();
    // Of its own: transactions wait for a prepare, and what settles others in the background must not be in their way.
    private final Semaphore preparing;
    private final Semaphore deciding;
    private final Semaphore consuming;

    public final CallBatcher<MessageStatus> prepare;
    public final CallBatcher<MessageStatus> send;
    public final CallBatcher<MessageStatus> confirm;
    public final CallBatcher<MessageStatus> cancel;
    public final CallBatcher<DeliveryStatus> ack;
    public final CallBatcher<DeliveryStatus> reject;

    public CallBatchers(ServiceConnection service, ClientSettings settings) {
        this.settings = settings;
        preparing = new Semaphore(settings.coalescing().inFlight(), true);
        deciding = new Semaphore(settings.coalescing().inFlight(), true);
        consuming = new Semaphore(settings.coalescing().inFlight(), true);
        prepare = open("/messages/prepare", MessageStatus.class, service, preparing);
        send = open("/messages", MessageStatus.class, service, deciding);
        confirm = open("/messages/confirm", MessageStatus.class, service, deciding);
        cancel = open("/messages/cancel", MessageStatus.class, service, deciding);
        ack = open("/messages/ack", DeliveryStatus.class, service, consuming);
        reject = open("/messages/reject", DeliveryStatus.class, service, consuming);
    }

    private <T> CallBatcher<T> open(String path, Class<T> type, ServiceConnection service, Semaphore permits) {
        return new CallBatcher<>(
                new BatchSender<>(path, type, service), settings, senders, completions, permits, this::watch);
    }

    /** Ends calls in time as long as any are open. */
    private void watch() {
        if (!isWatched.get() && isWatched.compareAndSet(false, true)) {
            try {
                senders.execute(this::releaseOverdueUntilAllIsDone);
            } catch (RuntimeException | Error e) {
                isWatched.set(false); // no thread was available; the next call tries again
                throw e;
            }
        }
    }

    private void releaseOverdueUntilAllIsDone() {
        do {
            while (areAnyOpen()) {
                LockSupport.parkNanos(WATCH_EVERY.toNanos());
            }
            isWatched.set(false);
        } while (areAnyOpen() && isWatched.compareAndSet(false, true)); // what came meanwhile took us for watching
    }

    private boolean areAnyOpen() {
        try {
            return all().stream().map(CallBatcher::releaseOverdue).reduce(false, Boolean::logicalOr);
        } catch (RuntimeException | Error e) {
            return true; // without a watch, futures would stay open; the next round may have the memory
        }
    }

    private List<CallBatcher<?>> all() {
        return List.of(prepare, send, confirm, cancel, ack, reject);
    }

    @Override
    public void close() {
        var deadline = System.nanoTime() + settings.requestTimeout().toNanos();
        all().forEach(CallBatcher::stopTaking);
        all().forEach(batcher -> batcher.finish(deadline));
        senders.shutdown();
        completions.awaitQuiescence(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Its threads make up for each other when callers' code waits for another future in one of them. */
    private static ForkJoinPool completions() {
        var count = new AtomicInteger();
        ForkJoinPool.ForkJoinWorkerThreadFactory threads = pool -> {
            var thread = new ForkJoinWorkerThread(pool) {};
            thread.setName("reliable-message-completion-" + count.incrementAndGet());
            return thread;
        };
        return new ForkJoinPool(
                COMPLETION_THREADS,
                threads,
                null,
                true,
                0,
                COMPLETION_THREADS + 256,
                1,
                null,
                Daemons.IDLE_SECONDS,
                TimeUnit.SECONDS);
    }
}
