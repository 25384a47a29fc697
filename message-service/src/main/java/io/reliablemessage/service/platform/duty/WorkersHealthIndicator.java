package io.reliablemessage.service.platform.duty;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether all kinds of workers have called lately and none is paused; part of the group {@code duties}, never of readiness. */
@Component
class WorkersHealthIndicator extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");
    private static final int MISSED = 3;

    private final Duties duties;
    private final DutyProperties properties;

    WorkersHealthIndicator(Duties duties, DutyProperties properties) {
        this.duties = duties;
        this.properties = properties;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        var silences = duties.silences();
        duties.paused().forEach(kind -> health.status(DEGRADED).withDetail(kind, "paused"));
        properties.intervals().forEach((kind, interval) -> {
            var silence = silences.getOrDefault(kind, Duration.ZERO);
            if (silence.compareTo(interval.multipliedBy(MISSED)) > 0) {
                health.status(DEGRADED).withDetail(kind, "silent for %d s".formatted(silence.toSeconds()));
            }
        });
    }
}
