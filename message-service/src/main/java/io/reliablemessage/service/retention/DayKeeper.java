package io.reliablemessage.service.retention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.util.unit.DataSize;

/** Makes days ahead, at start and every hour, and says how large the ledger has become. */
@Component
class DayKeeper implements InitializingBean {

    static final int BACK = 7; // ids are accepted from that far back
    static final int AHEAD = 8;
    static final int MOST_DAYS = 180;

    private static final Logger log = LoggerFactory.getLogger(DayKeeper.class);
    private static final Duration REPORT_EVERY = Duration.ofDays(1);

    private final DayStore days;
    private volatile long bytes;
    private volatile long runwaySeconds;
    private long reportedAt = System.nanoTime() - REPORT_EVERY.toNanos();

    DayKeeper(DayStore days, MeterRegistry meters) {
        this.days = days;
        Gauge.builder("reliable.message.ledger.size", () -> bytes)
                .description("Disk use of the ledger's tables and indexes")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("reliable.message.ledger.runway", () -> runwaySeconds)
                .description("How long new messages would still find a partition if none were made any more")
                .baseUnit("seconds")
                .register(meters);
    }

    @Override
    public void afterPropertiesSet() {
        days.make(BACK, AHEAD);
        var count = days.days().size();
        if (count > MOST_DAYS) {
            throw new UnsafeSetting(
                    "The ledger holds %d days; the service starts with at most %d.".formatted(count, MOST_DAYS),
                    "Archive and detach the oldest partitions of message, delivery and event, after making sure that they"
                            + " hold no PENDING_CONFIRM message and no SENDING or DEAD delivery.");
        }
        measure();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1H")
    void keep() {
        try {
            days.make(BACK, AHEAD);
            measure();
        } catch (DataAccessException | TransactionException failed) {
            log.atWarn()
                    .addKeyValue("runway", Duration.ofSeconds(runwaySeconds))
                    .setCause(failed)
                    .log("days could not be made ahead, tried again in an hour");
        }
    }

    private void measure() {
        bytes = days.bytes();
        runwaySeconds = days.runway().toSeconds();
        if (System.nanoTime() - reportedAt >= REPORT_EVERY.toNanos()) {
            reportedAt = System.nanoTime();
            var count = days.days().size();
            log.atLevel(count > MOST_DAYS / 2 ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO)
                    .addKeyValue("days", count)
                    .addKeyValue("megabytes", DataSize.ofBytes(bytes).toMegabytes())
                    .log("size of the ledger; days are not dropped yet, the service starts with at most " + MOST_DAYS);
        }
    }
}
