package io.reliablemessage.service.platform.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/**
 * A gauge's series, measured again and again. A series that stays is not registered anew: a scrape in between would find
 * it twice, which Prometheus' format refuses as a whole, or not at all.
 */
public final class GaugeSeries {

    private final MultiGauge gauge;
    private volatile Map<Tags, Double> values = Map.of();

    public GaugeSeries(MultiGauge gauge) {
        this.gauge = gauge;
    }

    public void set(Map<Tags, Double> measured) {
        values = Map.copyOf(measured);
        gauge.register(measured.keySet().stream()
                .<Row<?>>map(tags -> Row.of(tags, this, series -> series.valueOf(tags)))
                .toList());
    }

    private double valueOf(Tags tags) {
        return values.getOrDefault(tags, Double.NaN);
    }
}
