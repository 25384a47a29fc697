package io.reliablemessage.service.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GaugeSeriesTest {

    private static final int SCRAPES = 5_000;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GaugeSeries series =
            new GaugeSeries(MultiGauge.builder("depth").register(meters));

    @Test
    void eachMeasurementReplacesTheOneBefore() {
        series.set(Map.of(queue("a"), 1.0, queue("b"), 2.0));
        series.set(Map.of(queue("b"), 3.0, queue("c"), 4.0));

        assertThat(meters.scrape())
                .contains("depth{queue=\"b\"} 3.0", "depth{queue=\"c\"} 4.0")
                .doesNotContain("queue=\"a\"");
    }

    @Test
    void aSeriesThatStaysIsInEachScrapeOnce() throws InterruptedException {
        var isOver = new AtomicBoolean();
        series.set(Map.of(queue(""), 0.0));
        var measuring = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                series.set(Map.of(queue(""), 0.0));
            }
        });
        try {
            for (var scrape = 0; scrape < SCRAPES; scrape++) {
                assertThat(meters.scrape()).containsOnlyOnce("depth{queue=\"\"} 0.0");
            }
        } finally {
            isOver.set(true);
            measuring.join();
        }
    }

    private static Tags queue(String name) {
        return Tags.of("queue", name);
    }
}
