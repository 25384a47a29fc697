package io.reliablemessage.spring.internal.settling;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that keep no JVM alive, end soon when they are idle, and can be stopped together. */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration KEEP_IDLE = Duration.ofSeconds(1);

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ThreadPoolExecutor threads;

    /** @param name of the threads, before a number */
    Workers(String name) {
        var count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "reliable-message-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Runs this in a thread of its own; false: there is none, or all are to stop. */
    boolean run(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        } catch (RuntimeException | Error e) { // no more threads
            LOG.warn("No thread could be started", e);
            return false;
        }
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Waits, unless all are to stop. */
    void pause(Duration time) {
        try {
            var unused = stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(); // only those who stop us interrupt
        }
    }

    /** Lets what runs finish its present piece of work, and nothing begin. */
    void stop() {
        stopping.countDown();
        threads.shutdown();
    }

    /** Waits for all threads to end, and interrupts them if they have not by then. */
    void awaitEnd(long deadline) {
        try {
            if (!threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
