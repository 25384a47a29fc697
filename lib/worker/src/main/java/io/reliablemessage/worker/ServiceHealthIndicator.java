package io.reliablemessage.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports whether the message service answers; not in liveness or readiness, since a restart here would not help. */
public final class ServiceHealthIndicator implements HealthIndicator {

    private final ServiceAvailability contact;

    public ServiceHealthIndicator(ServiceAvailability contact) {
        this.contact = contact;
    }

    @Override
    public Health health() {
        var status = contact.status();
        var health = switch (status.state()) {
            case NOT_CALLED -> Health.unknown();
            case ANSWERS, LACKS_BROKER -> Health.up();
            case FAILS -> Health.down();
        };
        health.withDetail("state", status.state()).withDetail("since", status.since());
        if (status.lastSuccess() != null) {
            health.withDetail("lastSuccess", status.lastSuccess());
        }
        if (status.failure() != null) {
            health.withDetail("failures", status.failures())
                    .withDetail("error", status.failure().text());
        }
        return health.build();
    }
}
