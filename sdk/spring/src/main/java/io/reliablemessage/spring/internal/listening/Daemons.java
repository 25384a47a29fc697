package io.reliablemessage.spring.internal.listening;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no JVM alive. */
final class Daemons {

    private Daemons() {}

    static ThreadFactory named(String name) {
        var count = new AtomicInteger();
        return task -> daemon(task, name + "-" + count.incrementAndGet());
    }

    static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs tasks side by side, and waits for them so long. */
    static void runAll(List<Runnable> tasks, Duration within) {
        var end = System.nanoTime() + within.toNanos();
        var threads = tasks.stream()
                .map(task -> daemon(task, "reliable-message-stop"))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (var thread : threads) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One thread; what waits for its time is dropped at the shutdown. */
    static ScheduledThreadPoolExecutor scheduler(String name) {
        var scheduler = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return scheduler;
    }
}
