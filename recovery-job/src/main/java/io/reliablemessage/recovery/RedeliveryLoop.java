package io.reliablemessage.recovery;

import io.reliablemessage.worker.Backoff;
import io.reliablemessage.worker.Loop;
import io.reliablemessage.worker.ServiceAvailability;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Triggers redelivery in a loop. */
@Component
class RedeliveryLoop extends Loop {

    private static final Logger log = LoggerFactory.getLogger(RedeliveryLoop.class);

    private final WorkerClient service;
    private final ServiceAvailability contact;
    private final RedeliveryMetrics metrics;
    private final RecoveryJobProperties properties;
    private final Backoff backoff;

    private BatchSize batch; // the loop's own

    RedeliveryLoop(
            WorkerClient service,
            ServiceAvailability contact,
            RedeliveryMetrics metrics,
            RecoveryJobProperties properties) {
        super("redelivery-loop");
        this.service = service;
        this.contact = contact;
        this.metrics = metrics;
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
                .log("The recovery job triggers redelivery of unacknowledged deliveries in the message service");
        super.start();
    }

    @Override
    protected Duration runOnce() {
        try {
            var began = System.nanoTime();
            var report = service.redeliver(batch.limit());
            batch = batch.after(Duration.ofNanos(System.nanoTime() - began), report.more());
            metrics.answered(report);
            contact.answered(report.brokerAvailable());
            return report.more() ? Duration.ZERO : properties.interval();
        } catch (Throwable failure) { // An Error too: a process whose loop is gone looks alive and is not.
            batch = batch.smaller();
            metrics.failed(failure);
            return backoff.afterFailures(contact.failed(failure));
        }
    }
}
