package io.reliablemessage.faults;

import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.worker.ServiceCallException;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;

/** Triggers redelivery every 500 ms, as recovery-job does. */
final class Jobs implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int LIMIT = 1000;

    private final WorkerClient service;
    private volatile boolean isGoingOn = true;

    Jobs(WorkerClient service) {
        this.service = service;
    }

    void start() {
        Thread.ofVirtual().start(() -> {
            while (isGoingOn) {
                redeliver();
                Slowness.of(INTERVAL);
            }
        });
    }

    private void redeliver() {
        try {
            while (isGoingOn && service.redeliver(LIMIT).more()) {
                Thread.onSpinWait(); // and again: more is due
            }
        } catch (ServiceCallException away) {
            // The next round may find the service there.
        }
    }

    @Override
    public void close() {
        isGoingOn = false;
    }
}
