package io.reliablemessage.recovery;

import io.reliablemessage.client.WorkerClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Calls the redelivery command again and again. */
@Component
class RedeliveryLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RedeliveryLoop.class);

    private final WorkerClient service;
    private final ServiceContact contact;
    private final RecoveryJobProperties properties;
    private final Backoff backoff;
    private final Loop loop = new Loop("redelivery-loop", this::runOnce);

    private BatchSize batch; // the loop's own

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
        loop.start();
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

    @Override
    public void stop(Runnable whenDone) {
        loop.stop(whenDone);
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }
}
