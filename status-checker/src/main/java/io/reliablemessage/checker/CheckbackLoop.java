package io.reliablemessage.checker;

import io.reliablemessage.api.CheckbackLeases.Lease;
import io.reliablemessage.client.WorkerClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes as many asks as it has hands free, makes them side by side and reports each as soon as it is done. Nothing but a
 * shutdown ends it, and that waits for the asks in flight.
 */
@Component
class CheckbackLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CheckbackLoop.class);

    private final WorkerClient service;
    private final Asking asking;
    private final ServiceContact contact;
    private final StatusCheckerProperties properties;
    private final Backoff backoff;
    private final Semaphore hands;

    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    CheckbackLoop(WorkerClient service, Asking asking, ServiceContact contact, StatusCheckerProperties properties) {
        this.service = service;
        this.asking = asking;
        this.contact = contact;
        this.properties = properties;
        this.backoff = new Backoff(properties.interval());
        this.hands = new Semaphore(properties.parallel());
    }

    @Override
    public void start() {
        log.atInfo()
                .addKeyValue("service", properties.serviceUrl())
                .addKeyValue("interval", properties.interval())
                .addKeyValue("parallel", properties.parallel())
                .log("The status checker asks producers about half messages whose confirmation never came");
        var stop = new CountDownLatch(1);
        stopped = stop;
        thread = Thread.ofVirtual().name("checkback-loop").start(() -> run(stop));
    }

    private void run(CountDownLatch stop) {
        var pause = Duration.ZERO;
        while (!endsDuring(pause, stop)) {
            pause = runOnce();
        }
        hands.acquireUninterruptibly(properties.parallel()); // all asks have ended and are reported
        hands.release(properties.parallel());
    }

    /** One lease; answers how long to pause after it. */
    Duration runOnce() {
        try {
            var free = hands.availablePermits();
            if (free == 0) {
                return properties.interval();
            }
            var takenAt = System.nanoTime();
            var leases = service.leaseCheckbacks(free);
            contact.answered();
            leases.requests().forEach(lease -> startAsking(lease, takenAt));
            return leases.more() ? Duration.ZERO : properties.interval();
        } catch (Throwable failure) { // An Error too: a process whose loop is gone looks alive and is not.
            return backoff.afterFailures(contact.failed(failure));
        }
    }

    private void startAsking(Lease lease, long takenAt) {
        hands.acquireUninterruptibly();
        Thread.ofVirtual().name("ask-" + lease.application()).start(() -> {
            try {
                asking.ask(lease, takenAt);
            } finally {
                hands.release();
            }
        });
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
            if (running != null) {
                running.join();
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
