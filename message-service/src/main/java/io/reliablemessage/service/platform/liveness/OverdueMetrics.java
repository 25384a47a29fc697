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

/** Says for how long what is due has been waiting to be taken up: {@code reliable.message.overdue}, by {@code duty}. */
@Component
class OverdueMetrics {

    private static final Logger log = LoggerFactory.getLogger(OverdueMetrics.class);

    private final List<Overdue> duties;
    private final Map<String, Double> seconds = new ConcurrentHashMap<>();

    OverdueMetrics(List<Overdue> duties, MeterRegistry meters) {
        this.duties = duties;
        for (var each : duties) {
            Gauge.builder("reliable.message.overdue", () -> seconds.getOrDefault(each.duty(), 0.0))
                    .description(
                            "How long the longest due has been waiting, without what is paused, rests, or waits in its queue")
                    .tag("duty", each.duty())
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    @Scheduled(fixedRate = 5, timeUnit = TimeUnit.SECONDS)
    void measure() {
        for (var each : duties) {
            try {
                seconds.put(each.duty(), each.longest().toMillis() / 1000.0);
            } catch (DataAccessException failed) {
                log.atDebug()
                        .addKeyValue("duty", each.duty())
                        .setCause(failed)
                        .log("what is overdue could not be measured");
            }
        }
    }
}
