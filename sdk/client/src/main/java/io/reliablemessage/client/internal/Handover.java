package io.reliablemessage.client.internal;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Has work done in another thread, so that its caller can leave in time although nothing ends the work: looking up a
 * name neither has a time-out nor can be interrupted.
 */
final class Handover {

    // With so many threads left behind, one more call would only be one more of them.
    private static final int MOST_LEFT_BEHIND = 64;
    // What has a time-out of its own ends by that, and is not left behind.
    private static final Duration GRACE = Duration.ofMillis(100);

    private final Executor threads;
    private final AtomicInteger leftBehind = new AtomicInteger();

    Handover(Executor threads) {
        this.threads = threads;
    }

    <T> T call(Callable<T> work, Duration within) throws IOException, InterruptedException {
        if (leftBehind.get() >= MOST_LEFT_BEHIND) {
            throw new HttpTimeoutException(leftBehind + " earlier calls still hang");
        }
        var isDecided = new AtomicBoolean(); // by the work's end or by its caller's leaving, whichever is first
        var task = new FutureTask<>(work);
        start(() -> {
            task.run();
            if (!isDecided.compareAndSet(false, true)) {
                leftBehind.decrementAndGet();
            }
        });
        try {
            return task.get(within.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } catch (TimeoutException e) {
            leave(task, isDecided);
            throw new HttpTimeoutException("looking up the name, or the call itself, took too long");
        } catch (InterruptedException e) {
            leave(task, isDecided);
            throw e;
        }
    }

    private void start(Runnable task) throws IOException {
        try {
            threads.execute(task);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new IOException("no thread could be started", e);
        }
    }

    @SuppressWarnings("Interruption") // nobody else waits for it
    private void leave(FutureTask<?> task, AtomicBoolean isDecided) {
        leftBehind.incrementAndGet();
        if (!isDecided.compareAndSet(false, true)) {
            leftBehind.decrementAndGet();
        }
        task.cancel(true);
    }

    private static IOException unwrapped(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException mistake) {
            throw mistake;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException broken ? broken : new IOException(cause);
    }
}
