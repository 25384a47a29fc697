package io.reliablemessage.service.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class AttentionMetricsTest {

    private final Service service = Service.shared();

    @Test
    void countsWhatWaitsForAnOperator() {
        var suspects = count("suspects");
        var dead = count("dead");
        var route = service.newRoute();

        route.pending();
        route.confirmed();
        route.suspect();
        route.dead();
        route.dead();

        assertThat(count("suspects")).isEqualTo(suspects + 1);
        assertThat(count("dead")).isEqualTo(dead + 2);
    }

    private double count(String what) {
        service.bean(AttentionMetrics.class).measure();
        return service.bean(MeterRegistry.class)
                .get("reliable.message." + what)
                .gauge()
                .value();
    }
}
