package io.reliablemessage.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    @Test
    void tellsWhoseDeliveriesEndedBadlyAndHow() {
        var route = service.newRoute();
        var other = service.newRoute();

        route.dead();
        route.dead();
        route.reject(route.confirmed()).is(200);
        other.dead();

        assertThat(endedBadly(route.subscription(), "NO_ACK", CauseMetrics.MOST))
                .isEqualTo(2);
        assertThat(endedBadly(route.subscription(), "REJECTED", CauseMetrics.MOST))
                .isEqualTo(1);
        assertThat(endedBadly(other.subscription(), "NO_ACK", CauseMetrics.MOST))
                .isEqualTo(1);
    }

    @Test
    void addsUpWhatThereIsTooMuchOf() {
        service.newRoute().dead();
        service.newRoute().dead();

        // In between, the service measures by itself.
        await().untilAsserted(() -> assertThat(endedBadly("", "NO_ACK", 0)).isGreaterThanOrEqualTo(2));
    }

    private double endedBadly(String subscription, String kind, int most) {
        service.bean(CauseCounts.class).fold();
        service.bean(CauseMetrics.class).measure(most);
        return service.bean(MeterRegistry.class)
                .get("reliable.message.ended.badly")
                .tags("subscription", subscription, "kind", kind)
                .gauge()
                .value();
    }

    private double count(String what) {
        service.bean(AttentionMetrics.class).measure();
        return service.bean(MeterRegistry.class)
                .get("reliable.message." + what)
                .gauge()
                .value();
    }
}
