package io.reliablemessage.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs rounds until a shutdown, which waits for the work under way. */
public abstract class Loop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    // More than a shutdown gives; so what hangs cannot hold whoever stops a loop otherwise.
    private static final Duration MAX_STOP = Duration.ofSeconds(30);

    private final String name;
    private final Duration maxStop;

    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    protected Loop(String name) {
        this(name, MAX_STOP);
    }

    Loop(String name, Duration maxStop) {
        this.name = name;
        this.maxStop = maxStop;
    }

    /** Runs one round and returns the pause after it. A round that throws is followed by another one. */
    protected abstract Duration runOnce();

    /** Waits for work that rounds have started, and has a bound. */
    protected void finish() {}

    @Override
    public void start() {
        var stop = new CountDownLatch(1);
        stopped = stop;
        thread = Thread.ofVirtual().name(name).start(() -> run(stop));
    }

    private void run(CountDownLatch stop) {
        var pause = Duration.ZERO;
        while (!endsDuring(pause, stop)) {
            pause = runSurely();
        }
        finish();
    }

    /** Survives an Error, too: a process whose loop is gone looks alive and is not. */
    private Duration runSurely() {
        try {
            return runOnce();
        } catch (Throwable unexpected) {
            report(unexpected);
            return AFTER_FAILURE;
        }
    }

    private void report(Throwable unexpected) {
        try {
            log.atError().addKeyValue("loop", name).setCause(unexpected).log("a round failed, the next follows");
        } catch (Throwable alsoThis) { // No memory for a line of the log is no reason to end.
            unexpected.addSuppressed(alsoThis);
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

    @Override
    public void stop(Runnable whenDone) {
        stopped.countDown();
        Thread.ofVirtual().start(() -> {
            awaitEnd();
            whenDone.run();
        });
    }

    @Override
    public void stop() {
        stopped.countDown();
        awaitEnd();
    }

    private void awaitEnd() {
        var running = thread;
        try {
            if (running != null && !running.join(maxStop)) {
                log.atWarn().addKeyValue("loop", name).log("A loop is still at work after its stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        var running = thread;
        return running != null && running.isAlive();
    }
}
