package io.reliablemessage.service.platform.liveness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Measures the seconds since each worker's last call, and whether it is paused: {@code reliable.message.worker.silence}
 * and {@code .paused}, by {@code worker}. Looked up beforehand, so that a scrape costs no connection.
 */
@Component
class WorkerMetrics {

    private static final Logger log = LoggerFactory.getLogger(WorkerMetrics.class);

    private final WorkerRegistry workers;
    private volatile Map<String, Duration> silences = Map.of();
    private volatile Set<String> paused = Set.of();

    WorkerMetrics(WorkerRegistry workers, WorkerProperties properties, MeterRegistry meters) {
        this.workers = workers;
        for (var kind : properties.intervals().keySet()) {
            Gauge.builder(
                            "reliable.message.worker.silence",
                            () -> silences.getOrDefault(kind, Duration.ZERO).toMillis() / 1000.0)
                    .description("Time since the last call of a worker of this kind")
                    .baseUnit("seconds")
                    .tag("worker", kind)
                    .register(meters);
            Gauge.builder("reliable.message.worker.paused", () -> paused.contains(kind) ? 1 : 0)
                    .description("1 while an operator has paused the worker")
                    .tag("worker", kind)
                    .register(meters);
        }
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void measure() {
        try {
            silences = workers.silences();
            paused = workers.paused();
        } catch (DataAccessException failed) {
            log.atDebug().setCause(failed).log("the workers' last calls could not be read");
        }
    }
}
