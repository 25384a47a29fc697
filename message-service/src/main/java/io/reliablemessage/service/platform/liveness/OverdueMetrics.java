package io.reliablemessage.service.platform.liveness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Measures how long overdue work has been waiting: {@code reliable.message.overdue}, by {@code worker}. */
@Component
class OverdueMetrics {

    private static final Logger log = LoggerFactory.getLogger(OverdueMetrics.class);

    private final List<Overdue> overdue;
    private final Map<String, Double> seconds = new ConcurrentHashMap<>();

    OverdueMetrics(List<Overdue> overdue, MeterRegistry meters) {
        this.overdue = overdue;
        for (var each : overdue) {
            Gauge.builder("reliable.message.overdue", () -> seconds.getOrDefault(each.worker(), 0.0))
                    .description(
                            "How long the longest due work has been waiting, without what is paused, backed off, or waiting in its queue")
                    .tag("worker", each.worker())
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void measure() {
        for (var each : overdue) {
            try {
                seconds.put(each.worker(), each.longest().toMillis() / 1000.0);
            } catch (DataAccessException failed) {
                log.atDebug()
                        .addKeyValue("worker", each.worker())
                        .setCause(failed)
                        .log("overdue work could not be measured");
            }
        }
    }
}
