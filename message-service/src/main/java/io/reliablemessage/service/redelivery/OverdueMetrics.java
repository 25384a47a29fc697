package io.reliablemessage.service.redelivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.message.RedeliveryStore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Says for how long the longest due delivery has been waiting to be taken up: {@code reliable.message.overdue}. */
@Component
class OverdueMetrics {

    private static final Logger log = LoggerFactory.getLogger(OverdueMetrics.class);

    private final RedeliveryStore deliveries;
    private volatile double seconds;

    OverdueMetrics(RedeliveryStore deliveries, MeterRegistry meters) {
        this.deliveries = deliveries;
        Gauge.builder("reliable.message.overdue", () -> seconds)
                .description("How long the longest due has been waiting, without what is paused or waits in its queue")
                .tag("duty", "redelivery")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedRate = 5, timeUnit = TimeUnit.SECONDS)
    void measure() {
        try {
            seconds = deliveries.longestOverdue().toMillis() / 1000.0;
        } catch (DataAccessException failed) {
            log.atDebug().setCause(failed).log("what is overdue could not be measured");
        }
    }
}
