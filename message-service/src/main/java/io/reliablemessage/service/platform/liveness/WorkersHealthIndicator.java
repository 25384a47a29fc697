package io.reliablemessage.service.platform.liveness;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** {@link WorkerHealth} as part of the group {@code duties}, never of readiness. */
@Component
class WorkersHealthIndicator extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final WorkerHealth duties;

    WorkersHealthIndicator(WorkerHealth duties) {
        this.duties = duties;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        duties.troubles().forEach((kind, trouble) -> health.status(DEGRADED).withDetail(kind, trouble));
    }
}
