package io.reliablemessage.checker;

import io.reliablemessage.adminapi.jobs.CheckbackLeases.Lease;
import io.reliablemessage.worker.Backoff;
import io.reliablemessage.worker.Loop;
import io.reliablemessage.worker.ServiceAvailability;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leases as many check-backs as it has permits free, makes them concurrently and reports each as soon as it is done.
 * Only a shutdown ends it, and waits for the check-backs in flight.
 */
@Component
class CheckbackLoop extends Loop {

    private static final Logger log = LoggerFactory.getLogger(CheckbackLoop.class);
    private static final Duration MAX_FINISH = Duration.ofSeconds(30);

    private final WorkerClient service;
    private final CheckbackCall calls;
    private final ServiceAvailability contact;
    private final StatusCheckerProperties properties;
    private final Backoff backoff;
    private final Semaphore permits;

    CheckbackLoop(
            WorkerClient service,
            CheckbackCall calls,
            ServiceAvailability contact,
            StatusCheckerProperties properties) {
        super("checkback-loop");
        this.service = service;
        this.calls = calls;
        this.contact = contact;
        this.properties = properties;
        this.backoff = new Backoff(properties.interval());
        this.permits = new Semaphore(properties.parallel());
    }

    @Override
    public void start() {
        log.atInfo()
                .addKeyValue("service", properties.serviceUrl())
                .addKeyValue("interval", properties.interval())
                .addKeyValue("parallel", properties.parallel())
                .log("The status checker checks back with producers about half messages that were not decided in time");
        super.start();
    }

    @Override
    protected void finish() {
        try {
            if (permits.tryAcquire(properties.parallel(), MAX_FINISH.toSeconds(), TimeUnit.SECONDS)) {
                permits.release(properties.parallel()); // all check-backs have ended and are reported
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected Duration runOnce() {
        try {
            var free = permits.availablePermits();
            if (free == 0) {
                return properties.interval();
            }
            var takenAt = System.nanoTime();
            var leases = service.leaseCheckbacks(free);
            contact.answered();
            leases.requests().forEach(lease -> start(lease, takenAt));
            return leases.more() ? Duration.ZERO : properties.interval();
        } catch (Throwable failure) { // An Error too: a process whose loop is gone looks alive and is not.
            return backoff.afterFailures(contact.failed(failure));
        }
    }

    private void start(Lease lease, long takenAt) {
        permits.acquireUninterruptibly(); // there is one: no more was leased than was free
        try {
            Thread.ofVirtual().name("ask-" + lease.application()).start(() -> ask(lease, takenAt));
        } catch (Throwable noThread) {
            permits.release();
            throw noThread;
        }
    }

    private void ask(Lease lease, long takenAt) {
        try {
            calls.ask(lease, takenAt);
        } finally {
            permits.release();
        }
    }
}
