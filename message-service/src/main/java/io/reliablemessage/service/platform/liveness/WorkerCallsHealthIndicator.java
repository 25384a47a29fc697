package io.reliablemessage.service.platform.liveness;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** {@link WorkerHealth} as part of the group {@code workers}, never of readiness. */
@Component
class WorkerCallsHealthIndicator extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final WorkerHealth workers;

    WorkerCallsHealthIndicator(WorkerHealth workers) {
        this.workers = workers;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        workers.troubles().forEach((kind, trouble) -> health.status(DEGRADED).withDetail(kind, trouble));
    }
}
