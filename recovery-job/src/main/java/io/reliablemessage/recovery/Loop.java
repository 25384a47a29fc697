package io.reliablemessage.recovery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a call again and again; nothing but a shutdown ends it, and that waits for the call in flight. */
final class Loop {

    private final String name;
    private final Supplier<Duration> call;

    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    /** @param call answers how long to pause after it */
    Loop(String name, Supplier<Duration> call) {
        this.name = name;
        this.call = call;
    }

    void start() {
        var stop = new CountDownLatch(1);
        stopped = stop;
        thread = Thread.ofVirtual().name(name).start(() -> run(stop));
    }

    private void run(CountDownLatch stop) {
        var pause = Duration.ZERO;
        while (!endsDuring(pause, stop)) {
            pause = call.get();
        }
    }

    private static boolean endsDuring(Duration pause, CountDownLatch stop) {
        try {
            return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop(Runnable whenDone) {
        stopped.countDown();
        Thread.ofVirtual().start(() -> {
            awaitEnd();
            whenDone.run();
        });
    }

    void stop() {
        stopped.countDown();
        awaitEnd();
    }

    private void awaitEnd() {
        var running = thread;
        try {
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning() {
        var running = thread;
        return running != null && running.isAlive();
    }
}
