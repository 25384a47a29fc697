package io.reliablemessage.service.redelivery;

import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.reliablemessage.service.platform.metrics.GaugeSeries;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Measures the subscriptions that have due deliveries, as redelivery has observed them: {@code
 * reliable.message.subscription.*}, by {@code subscription}. Of many, those with the oldest deliveries are reported; an
 * empty name stands for none.
 */
@Component
class SubscriptionMetrics {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionMetrics.class);
    private static final int MAX_SERIES = 200;
    private static final Seen NOBODY = new Seen("", 0, 0, 0, 0);

    private static final String OBSERVED = """
            SELECT p.subscription, p.consumers, p.ready, extract(EPOCH FROM p.unanswered) AS unanswered,
                   COALESCE(extract(EPOCH FROM now() - d.sent_at), 0) AS oldest
              FROM progress p
             CROSS JOIN LATERAL (SELECT sent_at FROM delivery
                                  WHERE subscription = p.subscription AND due_at <= now()
                                  ORDER BY due_at LIMIT 1) d
             WHERE p.observed_at > now() - interval '1 min'
             ORDER BY oldest DESC
             LIMIT :most
            """;

    private final JdbcClient jdbc;
    private final GaugeSeries consumers;
    private final GaugeSeries ready;
    private final GaugeSeries unanswered;
    private final GaugeSeries oldest;

    SubscriptionMetrics(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.consumers = series(meters, "consumers", null, "Consumers attached to the queue");
        this.ready = series(meters, "waiting", null, "Messages that wait in the queue");
        this.unanswered = series(
                meters,
                "unanswered",
                "seconds",
                "How long consumers have been attached since the last acknowledgement");
        this.oldest = series(
                meters,
                "oldest.unacknowledged",
                "seconds",
                "Time since the last send of the delivery that has been due for longest");
        report(List.of());
    }

    private static GaugeSeries series(MeterRegistry meters, String name, @Nullable String unit, String description) {
        return new GaugeSeries(MultiGauge.builder("reliable.message.subscription." + name)
                .description(description)
                .baseUnit(unit)
                .register(meters));
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void measure() {
        try {
            report(jdbc.sql(OBSERVED)
                    .param("most", MAX_SERIES)
                    .query((row, number) -> new Seen(
                            row.getString("subscription"),
                            row.getInt("consumers"),
                            row.getInt("ready"),
                            row.getDouble("unanswered"),
                            row.getDouble("oldest")))
                    .list());
        } catch (DataAccessException failed) {
            log.atDebug().setCause(failed).log("subscriptions with due deliveries could not be measured");
        }
    }

    private void report(List<Seen> seen) {
        consumers.set(values(seen, Seen::consumers));
        ready.set(values(seen, Seen::ready));
        unanswered.set(values(seen, Seen::unanswered));
        oldest.set(values(seen, Seen::oldest));
    }

    private static Map<Tags, Double> values(List<Seen> seen, ToDoubleFunction<Seen> value) {
        return Stream.concat(Stream.of(NOBODY), seen.stream())
                .collect(toMap(each -> Tags.of("subscription", each.subscription), value::applyAsDouble));
    }

    /** @param ready messages that wait in the queue */
    private record Seen(String subscription, int consumers, int ready, double unanswered, double oldest) {}
}
