package io.reliablemessage.service.platform.duty;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * For how long nobody has called, in seconds, and what is paused: {@code reliable.message.worker.silence} and {@code .paused}, by
 * {@code worker}.
 */
@Component
class WorkerMetrics {

    WorkerMetrics(Duties duties, DutyProperties properties, MeterRegistry meters) {
        for (var kind : properties.intervals().keySet()) {
            Gauge.builder(
                            "reliable.message.worker.silence",
                            () -> duties.silences()
                                            .getOrDefault(kind, Duration.ZERO)
                                            .toMillis()
                                    / 1000.0)
                    .description("Since a worker of this kind called last")
                    .baseUnit("seconds")
                    .tag("worker", kind)
                    .register(meters);
            Gauge.builder("reliable.message.worker.paused", () -> duties.isPaused(kind) ? 1 : 0)
                    .description("1 while an operator has the duty stand still")
                    .tag("worker", kind)
                    .register(meters);
        }
    }
}
