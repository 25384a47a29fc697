package io.reliablemessage.service.redelivery;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.DeliveryState.DEAD;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class RedeliveryTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    /** Settles what other tests left unacknowledged, which would become due while these tests count. */
    @BeforeEach
    void nothingElseIsDue() {
        service.jdbc()
                .sql("UPDATE delivery SET due_at = now() + interval '1 day' WHERE state = 'SENDING'")
                .update();
    }

    @Test
    void sendsAgainWhatNobodyAcknowledged() throws IOException {
        var id = route.confirmed();
        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getHeaders()).containsEntry("rm-attempt", 1);
            route.overdue(id, 1);

            assertThat(redeliver().body().path("sent").asInt()).isOne();

            var again = queue.next().getProps();
            assertThat(again.getMessageId()).isEqualTo(id);
            assertThat(again.getHeaders()).containsEntry("rm-attempt", 2);
        }
        assertThat(delivery(id).path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void leavesAloneWhatIsNotDueOrAcknowledged() {
        var waiting = route.confirmed();
        var consumed = route.confirmed();
        route.ack(consumed).is(200);
        route.overdue(consumed, 1);

        assertThat(redeliver().body().path("sent").asInt()).isZero();

        assertThat(delivery(waiting).path("attempts").asInt()).isOne();
        assertThat(delivery(consumed).path("state").asString()).isEqualTo(CONSUMED.name());
    }

    @Test
    void waitsLongerAfterEachSendAsTheScheduleSays() {
        var impatient = route.subscribe(Key.CONSUMER, Map.of("schedule", List.of("PT10S", "PT60S"), "maxAttempts", 5));
        var id = route.confirmed();
        var waits = new java.util.ArrayList<Duration>();
        for (var attempt = 1; attempt <= 3; attempt++) {
            waits.add(waitOf(impatient, id));
            impatient.take(1);
            impatient.overdue(id, 1);
            redeliver();
        }

        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        assertThat(waits.get(1)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }

    @Test
    void buriesADeliveryNobodyAcknowledged() throws IOException {
        var id = route.confirmed();
        service.jdbc()
                .sql(
                        "UPDATE delivery SET attempts = 12, sent_at = now() - interval '1 min' WHERE message_id = :id::uuid")
                .param("id", id)
                .update();
        route.overdue(id, 1);
        try (var queue = new QueueConsumer(service, route.queue())) {
            queue.next();

            var report = redeliver();

            assertThat(report.body().path("buried").asInt()).isOne();
            assertThat(report.body().path("sent").asInt()).isZero();
            assertThat(queue.poll()).isNull();
        }
        route.get(id).hasState(DEAD);
        assertThat(delivery(id).path("lastError").asString()).isEqualTo("no ack after 12 attempts");
        assertThat(events(id)).contains("BURIED");
    }

    @Test
    void givesEachDueDeliveryToOneOfManyCalls() throws IOException {
        var ids = IntStream.range(0, 60).mapToObj(i -> route.confirmed()).toList();
        try (var queue = new QueueConsumer(service, route.queue())) {
            ids.forEach(id -> queue.next());
            ids.forEach(id -> route.overdue(id, 1));

            var reports = Parallel.times(4, this::redeliver);

            assertThat(reports.stream()
                            .mapToInt(report -> report.body().path("sent").asInt())
                            .sum())
                    .isEqualTo(60);
            var received = new HashSet<String>();
            ids.forEach(id -> received.add(queue.next().getProps().getMessageId()));
            assertThat(received).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void stopsAtTheLimitAndSaysThatThereIsMore() {
        var ids = IntStream.range(0, 7).mapToObj(i -> route.confirmed()).toList();
        route.take(7);
        ids.forEach(id -> route.overdue(id, 1));

        var first = service.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of("limit", 5))
                .is(200);

        assertThat(first.body().path("sent").asInt()).isEqualTo(5);
        assertThat(first.body().path("more").asBoolean()).isTrue();
        assertThat(redeliver().body().path("sent").asInt()).isEqualTo(2);
    }

    @Test
    void oneLongBacklogDoesNotKeepTheOthersWaiting() {
        var busy = route.subscribe(Key.CONSUMER, Map.of());
        var ids = IntStream.range(0, 100).mapToObj(i -> route.confirmed()).toList();
        busy.take(100);
        route.take(100);
        ids.forEach(id -> busy.overdue(id, 100));
        route.overdue(ids.getFirst(), 1);

        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of("limit", 60)).is(200);

        assertThat(attempts(route, ids.getFirst())).isEqualTo(2);
        while (redeliver().body().path("sent").asInt() > 0) {}
    }

    @Test
    void anAckBetweenClaimAndSendIsNotUndone() {
        var id = route.confirmed();
        route.overdue(id, 1);

        Parallel.both(this::redeliver, () -> route.ack(id));

        route.get(id).hasState(CONSUMED);
    }

    @Test
    void theLimitIsChecked() {
        for (var limit : new int[] {0, -1, 5001}) {
            service.as(Key.WORKER)
                    .post("/jobs/redeliveries", Map.of("limit", limit))
                    .is(INVALID_REQUEST);
        }
    }

    private Answer redeliver() {
        return service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
    }

    private JsonNode delivery(String id) {
        return route.get(id).body().at("/deliveries/0");
    }

    private static Duration waitOf(MessageFlow route, String id) {
        var delivery = deliveryOf(route, id);
        return Duration.between(
                Instant.parse(delivery.path("sentAt").asString()),
                Instant.parse(delivery.path("nextAt").asString()));
    }

    private static int attempts(MessageFlow route, String id) {
        return deliveryOf(route, id).path("attempts").asInt();
    }

    private static JsonNode deliveryOf(MessageFlow route, String id) {
        return route.get(id)
                .body()
                .path("deliveries")
                .valueStream()
                .filter(delivery -> delivery.path("subscription").asString().equals(route.subscription()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> events(String id) {
        return service.jdbc()
                .sql("SELECT kind FROM event WHERE message_id = :id::uuid ORDER BY at")
                .param("id", id)
                .query(String.class)
                .list();
    }
}
