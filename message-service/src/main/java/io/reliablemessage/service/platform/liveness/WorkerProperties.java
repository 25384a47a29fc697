package io.reliablemessage.service.platform.liveness;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How often workers are expected.
 *
 * @param intervals by kind of worker, how often one calls at least; after three without a call,
 *     health is {@code DEGRADED}
 */
@ConfigurationProperties("message-service.workers")
record WorkerProperties(Map<String, Duration> intervals) {

    WorkerProperties {
        if (intervals.values().stream().anyMatch(interval -> !interval.isPositive())) {
            throw new IllegalArgumentException("message-service.workers.intervals takes positive durations");
        }
    }
}
