package io.reliablemessage.checker;

import io.reliablemessage.adminapi.jobs.CheckbackLeases.Lease;
import io.reliablemessage.worker.Backoff;
import io.reliablemessage.worker.Loop;
import io.reliablemessage.worker.ServiceAvailability;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes as many asks as it has hands free, makes them side by side and reports each as soon as it is done. Nothing
 * but a shutdown ends it, and that waits for the asks in flight.
 */
@Component
class CheckbackLoop extends Loop {

    private static final Logger log = LoggerFactory.getLogger(CheckbackLoop.class);

    private final WorkerClient service;
    private final CheckbackCall asking;
    private final ServiceAvailability contact;
    private final StatusCheckerProperties properties;
    private final Backoff backoff;
    private final Semaphore hands;

    CheckbackLoop(
            WorkerClient service,
            CheckbackCall asking,
            ServiceAvailability contact,
            StatusCheckerProperties properties) {
        super("checkback-loop");
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
        super.start();
    }

    @Override
    protected void finish() {
        hands.acquireUninterruptibly(properties.parallel()); // all asks have ended and are reported
        hands.release(properties.parallel());
    }

    @Override
    protected Duration runOnce() {
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
}
