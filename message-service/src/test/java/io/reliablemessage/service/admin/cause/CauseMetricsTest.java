package io.reliablemessage.service.admin.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class CauseMetricsTest {

    private final Service service = Service.shared();

    @Test
    void tellsWhoseDeliveriesEndedBadlyAndHow() {
        var route = service.newRoute();
        var other = service.newRoute();

        route.dead();
        route.dead();
        route.reject(route.confirmed()).is(200);
        other.dead();

        assertThat(endedBadly(route.subscription(), "NO_ACK", CauseMetrics.MAX_SERIES))
                .isEqualTo(2);
        assertThat(endedBadly(route.subscription(), "REJECTED", CauseMetrics.MAX_SERIES))
                .isEqualTo(1);
        assertThat(endedBadly(other.subscription(), "NO_ACK", CauseMetrics.MAX_SERIES))
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
                .get("reliable.message.failed.deliveries")
                .tags("subscription", subscription, "kind", kind)
                .gauge()
                .value();
    }
}
