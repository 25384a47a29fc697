package io.reliablemessage.recovery;

import io.reliablemessage.client.WorkerClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Calls the redelivery command again and again; nothing but a shutdown ends it, and that waits for the call in flight.
 */
@Component
class RedeliveryLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RedeliveryLoop.class);

    private final WorkerClient service;
    private final ServiceContact contact;
    private final RecoveryJobProperties properties;
    private final Backoff backoff;

    private BatchSize batch; // the thread's own
    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    RedeliveryLoop(WorkerClient service, ServiceContact contact, RecoveryJobProperties properties) {
        this.service = service;
        this.contact = contact;
        this.properties = properties;
        this.backoff = new Backoff(properties.interval());
        this.batch = BatchSize.upTo(properties.limit());
    }

    @Override
    public void start() {
        log.atInfo()
                .addKeyValue("service", properties.serviceUrl())
                .addKeyValue("interval", properties.interval())
                .addKeyValue("limit", properties.limit())
                .log("The recovery job has unacknowledged deliveries sent again by calling the message service");
        var stop = new CountDownLatch(1);
        stopped = stop;
        thread = Thread.ofVirtual().name("redelivery-loop").start(() -> run(stop));
    }

    private void run(CountDownLatch stop) {
        var pause = Duration.ZERO;
        while (!endsDuring(pause, stop)) {
            pause = runOnce();
        }
    }

    /** One call; answers how long to pause after it. */
    Duration runOnce() {
        try {
            var began = System.nanoTime();
            var report = service.redeliver(batch.limit());
            batch = batch.after(Duration.ofNanos(System.nanoTime() - began), report.more());
            contact.answered(report);
            return report.more() ? Duration.ZERO : properties.interval();
        } catch (Throwable failure) { // An Error too: a process whose loop is gone looks alive and is not.
            batch = batch.smaller();
            return backoff.afterFailures(contact.failed(failure));
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
