package io.reliablemessage.service.retention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Measures the size and age of the ledger: {@code reliable.message.ledger.*}, as of the latest hour. */
@Component
class LedgerMetrics {

    private static final Logger log = LoggerFactory.getLogger(LedgerMetrics.class);

    private final DayStore days;
    private volatile long bytes;
    private volatile long runwaySeconds;
    private volatile long oldestSeconds;
    private volatile long oldestLiveSeconds;

    LedgerMetrics(DayStore days, RetentionProperties properties, MeterRegistry meters) {
        this.days = days;
        gauge(meters, "size", "bytes", "Disk use of the ledger's tables and indexes", () -> bytes);
        gauge(
                meters,
                "runway",
                "seconds",
                "How long new messages would still find a partition if no more were created",
                () -> runwaySeconds);
        gauge(meters, "oldest", "seconds", "Age of the oldest day that is kept", () -> oldestSeconds);
        gauge(
                meters,
                "keep",
                "seconds",
                "How long a day is kept after its end",
                () -> properties.period().toSeconds());
        gauge(
                meters,
                "oldest.live",
                "seconds",
                "Age of the oldest day that has undecided messages, or open or dead deliveries, and so cannot be dropped",
                () -> oldestLiveSeconds);
    }

    private static void gauge(
            MeterRegistry meters, String name, String unit, String description, Supplier<Number> value) {
        Gauge.builder("reliable.message.ledger." + name, value)
                .description(description)
                .baseUnit(unit)
                .register(meters);
    }

    void measure() {
        var ages = days.ages();
        bytes = days.bytes();
        runwaySeconds = days.runway().toSeconds();
        oldestSeconds = ages.oldest().toSeconds();
        oldestLiveSeconds = ages.oldestLive().toSeconds();
        log.atDebug()
                .addKeyValue("oldest", ages.oldest())
                .addKeyValue("oldestLive", ages.oldestLive())
                .addKeyValue("megabytes", DataSize.ofBytes(bytes).toMegabytes())
                .log("size of the ledger");
    }
}
