package io.reliablemessage.service.redelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.RecoveryJob;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With a call every half second, due deliveries are sent within a second. */
@Tag("broker")
class PunctualityTest {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Service service = Service.start(Map.of("message-service.ledger.schedule", "1s"));

    private final MessageFlow route = service.newRoute();

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anUnansweredDeliveryIsSentAgainWithinASecondOfItsTime() throws IOException {
        try (var tap = new QueueConsumer(service, route.queue());
                var job = new RecoveryJob(service, POLL)) {
            var id = route.confirmed();
            tap.next();
            for (var attempt = 2; attempt <= 5; attempt++) {
                var due = Instant.parse(
                        route.get(id).body().at("/deliveries/0/nextAt").asString());

                var again = tap.next();

                assertThat(again.getProps().getHeaders()).containsEntry("rm-attempt", attempt);
                assertThat(lateness(id, due)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
            }
            assertThat(job.calls()).isPositive();
        }
    }

    @Test
    void aScheduledDeliveryLeavesWithinASecondOfItsTime() throws IOException {
        try (var tap = new QueueConsumer(service, route.queue());
                var job = new RecoveryJob(service, POLL)) {
            var deliverAt = databaseNow().plusSeconds(2);
            var id = service.as(Key.PRODUCER)
                    .post(
                            "/messages",
                            Map.of("topic", route.topic(), "key", "A", "payload", 1, "deliverAt", deliverAt.toString()))
                    .is(201)
                    .id();

            tap.next();

            assertThat(lateness(id, deliverAt)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
            assertThat(job.sent()).isLessThanOrEqualTo(1);
        }
    }

    /** The time from a moment to the latest send. */
    private static Duration lateness(String id, Instant due) {
        return Duration.between(
                due,
                service.jdbc()
                        .sql("SELECT sent_at FROM delivery WHERE message_id = :id")
                        .param("id", UUID.fromString(id))
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant());
    }

    private static Instant databaseNow() {
        return service.jdbc()
                .sql("SELECT clock_timestamp()")
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
