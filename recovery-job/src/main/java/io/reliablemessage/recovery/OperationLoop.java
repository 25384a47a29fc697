package io.reliablemessage.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.worker.Backoff;
import io.reliablemessage.worker.Loop;
import io.reliablemessage.worker.ServiceCallException;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Triggers operators' operations in a loop of its own, since redelivery must not wait for a large one. */
@Component
class OperationLoop extends Loop {

    private static final Logger log = LoggerFactory.getLogger(OperationLoop.class);

    private final WorkerClient service;
    private final Duration interval;
    private final Backoff backoff;
    private final Counter done;
    private final Counter failed;

    private BatchSize batch; // the loop's own
    private int failures;

    OperationLoop(WorkerClient service, RecoveryJobProperties properties, MeterRegistry meters) {
        super("operation-loop");
        this.service = service;
        this.interval = properties.interval();
        this.backoff = new Backoff(interval);
        this.batch = BatchSize.upTo(properties.limit());
        this.done = Counter.builder("reliable.message.recovery.operated")
                .description("Deliveries of operators' operations that the service reported as done")
                .register(meters);
        this.failed = Counter.builder("reliable.message.recovery.operation.failures")
                .description("Calls for operators' operations that failed")
                .register(meters);
    }

    @Override
    protected Duration runOnce() {
        try {
            var began = System.nanoTime();
            var report = service.operate(batch.limit());
            batch = batch.after(Duration.ofNanos(System.nanoTime() - began), report.more());
            done.increment(report.done());
            answered();
            return report.more() ? Duration.ZERO : interval;
        } catch (Throwable failure) { // An Error too: a process whose loop is gone looks alive and is not.
            batch = batch.smaller();
            return backoff.afterFailures(failed(failure));
        }
    }

    private void answered() {
        if (failures > 0) {
            log.info("Operators' operations advance again");
        }
        failures = 0;
    }

    private int failed(Throwable failure) {
        failed.increment();
        failures++;
        if (failures == 1) {
            log.atWarn()
                    .addKeyValue("error", String.valueOf(failure.getMessage()))
                    .setCause(failure instanceof ServiceCallException ? null : failure)
                    .log("Operators' operations do not advance until calls for them succeed");
        }
        return failures;
    }
}
