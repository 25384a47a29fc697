package io.reliablemessage.service.admin.overview;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.model.LedgerProperties;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts what needs an operator: {@code reliable.message.suspects} and {@code reliable.message.dead}. */
@Component
class AttentionMetrics {

    private static final Logger log = LoggerFactory.getLogger(AttentionMetrics.class);

    // Each count reads a partial index as large as its result.
    private static final String COUNT = """
            SELECT (SELECT count(*) FROM message
                     WHERE check_due_at IS NOT NULL
                       AND is_suspect(check_attempts, decision_due_at, :suspectAfterChecks, :suspectAfter)) AS suspects,
                   (SELECT count(*) FROM delivery WHERE state = 'DEAD') AS dead
            """;

    private final JdbcClient jdbc;
    private final LedgerProperties properties;
    private volatile long suspects;
    private volatile long dead;

    AttentionMetrics(JdbcClient jdbc, LedgerProperties properties, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.properties = properties;
        gauge(meters, "suspects", "Half messages with too many check-backs, or undecided for too long", () -> suspects);
        gauge(meters, "dead", "Deliveries that were given up", () -> dead);
    }

    private static void gauge(MeterRegistry meters, String name, String description, Supplier<Number> value) {
        Gauge.builder("reliable.message." + name, value)
                .description(description)
                .register(meters);
    }

    @Scheduled(fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void measure() {
        try {
            jdbc.sql(COUNT)
                    .param("suspectAfterChecks", properties.suspectAfterChecks())
                    .param("suspectAfter", properties.suspectAfter().toMillis())
                    .query(row -> {
                        suspects = row.getLong("suspects");
                        dead = row.getLong("dead");
                    });
        } catch (DataAccessException failed) {
            log.atDebug().setCause(failed).log("suspects and dead deliveries could not be counted");
        }
    }
}
