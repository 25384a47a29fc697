package io.reliablemessage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.spring.ProducerListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators see of the producer. */
class ProducerStatusTest {

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private final ProducerStatus status = new ProducerStatus(() -> now);

    @Test
    void refusedMessagesAreCountedAndTheLastOneIsShown() {
        assertThat(status.details()).containsEntry("refusedMessages", 0L).doesNotContainKey("lastRefusal");

        status.refused("m-1", "too large");
        status.refused("m-2", "no such header");

        assertThat(status.details())
                .containsEntry("refusedMessages", 2L)
                .containsEntry("lastRefusal", "m-2: no such header");
    }

    @Test
    void aStoreIsAwayUntilNothingIsReportedOfIt() {
        status.storeUnavailable("orders", new IllegalStateException());
        now = now.plus(Duration.ofMinutes(1));
        status.storeUnavailable("archive", new IllegalStateException());
        assertThat(status.details()).containsEntry("unavailableStores", List.of("archive", "orders"));

        now = now.plus(Duration.ofSeconds(61));

        assertThat(status.details()).containsEntry("unavailableStores", List.of("archive"));
    }

    @Test
    void everythingIsCounted() {
        var registry = new SimpleMeterRegistry();
        var metrics = new ProducerMetrics(registry);

        metrics.settled(3);
        metrics.refused("m-1", "too large");
        metrics.postponed(2, new IllegalStateException());
        metrics.cancelled(4);
        metrics.restored("7", 5, 1);
        metrics.checked("m-2", CheckbackDecision.COMMITTED, "found");
        metrics.storeUnavailable("orders", new IllegalStateException());

        assertThat(messages(registry, "settled")).isEqualTo(3);
        assertThat(messages(registry, "refused")).isEqualTo(1);
        assertThat(messages(registry, "postponed")).isEqualTo(2);
        assertThat(messages(registry, "cancelled")).isEqualTo(4);
        assertThat(messages(registry, "restored")).isEqualTo(5);
        assertThat(registry.get("reliable.message.producer.checks")
                        .tag("decision", "COMMITTED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("reliable.message.producer.store.failures")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsKeepsNoOtherFromHearing() {
        var failing = new ProducerListener() {
            @Override
            public void refused(String id, String reason) {
                throw new IllegalStateException("broken");
            }
        };

        new ProducerListeners(List.of(failing, status)).refused("m-1", "too large");

        assertThat(status.details()).containsEntry("refusedMessages", 1L);
    }

    private static double messages(SimpleMeterRegistry registry, String outcome) {
        return registry.get("reliable.message.producer.messages")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
