package io.reliablemessage.service.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.registry.SubscriptionOverrides;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many overdue deliveries of a stopped subscription do not affect others. */
@Tag("broker")
class StoppedSubscriptionTest {

    private static final int PART = 100_000;

    private static final String FILL = """
            INSERT INTO delivery (message_id, subscription, attempts, deliverable_at, sent_at, due_at)
            SELECT overlay(uuid_floor(at)::text PLACING to_char(n, 'FM000000000000') FROM 25)::uuid, :subscription, 1, at, at, at
              FROM (SELECT n, now() - n * interval '0.5 s' AS at FROM generate_series(:first, :last) n) every
            """;

    @Test
    void manyOverdueOfOneDoNotDelayTheOthers() throws IOException {
        othersAreNotDelayedBy(100_000);
    }

    @Test
    @Tag("faults")
    void aMillionOverdueOfOneDoNotDelayTheOthers() throws IOException {
        othersAreNotDelayedBy(1_000_000);
    }

    private static void othersAreNotDelayedBy(int overdue) throws IOException {
        try (var service = Service.start(Map.of())) {
            var stopped = service.newRoute();
            stopped.confirmed(); // what waits in its queue says that nobody takes it
            // In parts: on a slow machine one statement for all would outlast the pool's socket timeout.
            for (var first = 1; first < overdue; first += PART) {
                service.jdbc()
                        .sql(FILL)
                        .param("subscription", stopped.subscription())
                        .param("first", first)
                        .param("last", first + PART - 1)
                        .update();
            }
            service.jdbc().sql("ANALYZE delivery").update(); // what the planner then knows must not tempt it
            try (var tap = new QueueConsumer(service, stopped.queue())) {
                await().until(() ->
                        tap.channel().queueDeclarePassive(stopped.queue()).getMessageCount() == 1);
            }

            assertOthersAreUnaffected(service);
            service.bean(SubscriptionOverrides.class).pause(stopped.subscription());
            assertOthersAreUnaffected(service);

            assertThat(service.jdbc()
                            .sql(
                                    "SELECT count(*) FROM delivery WHERE subscription = :s AND attempts = 1 AND state = 'SENDING'")
                            .param("s", stopped.subscription())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(overdue + 1);
        }
    }

    private static void assertOthersAreUnaffected(Service service) {
        var slowest = IntStream.range(0, 20)
                .mapToObj(i -> {
                    var lively = service.newRoute(); // nothing of it was acknowledged lately, so nothing waits
                    var id = lively.confirmed();
                    lively.take(1);
                    lively.overdue(id, 1);
                    var began = System.nanoTime();

                    var report = redeliver(service);

                    assertThat(report.path("sent").asInt()).isOne();
                    assertThat(report.path("postponed").asInt()).isLessThanOrEqualTo(50); // so much of it is in memory
                    lively.take(1);
                    lively.ack(id).is(200);
                    return Duration.ofNanos(System.nanoTime() - began);
                })
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(slowest).isLessThan(Duration.ofSeconds(1));
    }

    private static JsonNode redeliver(Service service) {
        return service.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of("limit", 5000))
                .is(200)
                .body();
    }
}
