package io.reliablemessage.service.admin.cause;

import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.metrics.GaugeSeries;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts dead and rejected deliveries by subscription and kind of cause: {@code reliable.message.failed.deliveries}, by
 * {@code subscription} and {@code kind}. Subscriptions beyond the limit of labels are added up under an empty one.
 */
@Component
class CauseMetrics {

    static final int MAX_SERIES = 200;

    private static final Logger log = LoggerFactory.getLogger(CauseMetrics.class);

    // Reads the counts of causes by the index cause_standing, so it groups only causes with standing deliveries.
    // Every kind is always reported.
    private static final String STANDING = """
            SELECT CASE WHEN place <= :most THEN subscription ELSE '' END AS subscription, kind, sum(standing) AS standing
              FROM (SELECT subscription, kind, sum(standing) AS standing,
                           row_number() OVER (ORDER BY sum(standing) DESC, subscription, kind) AS place
                      FROM cause
                     WHERE standing > 0
                     GROUP BY subscription, kind
                     UNION ALL
                    SELECT '', kind, 0, 0 FROM unnest(:kinds::text[]) kind) ended
             GROUP BY 1, 2
            """;

    private static final List<CauseKind> KINDS = List.of(CauseKind.values());

    private final JdbcClient jdbc;
    private final GaugeSeries failed;

    CauseMetrics(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.failed = new GaugeSeries(MultiGauge.builder("reliable.message.failed.deliveries")
                .description("Deliveries that are dead or rejected now")
                .register(meters));
        failed.set(KINDS.stream().collect(toMap(kind -> tags("", kind.name()), kind -> 0.0)));
    }

    private static Tags tags(String subscription, String kind) {
        return Tags.of("subscription", subscription, "kind", kind);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void measure() {
        measure(MAX_SERIES);
    }

    void measure(int most) {
        try {
            var standing = new HashMap<Tags, Double>();
            jdbc.sql(STANDING)
                    .param("most", most)
                    .param("kinds", SqlArrays.of("text", KINDS, CauseKind::name))
                    .query(row -> {
                        standing.put(
                                tags(row.getString("subscription"), row.getString("kind")), row.getDouble("standing"));
                    });
            failed.set(standing);
        } catch (DataAccessException e) {
            log.atDebug().setCause(e).log("failed deliveries could not be counted");
        }
    }
}
