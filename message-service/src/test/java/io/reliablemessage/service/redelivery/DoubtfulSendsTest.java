package io.reliablemessage.service.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nothing is given up that was perhaps never offered to the broker, because its replica died before it could. */
@Tag("ledger")
class DoubtfulSendsTest {

    private static final UUID OTHER = UUID.randomUUID();

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute().subscribe(Key.CONSUMER, Map.of("maxAttempts", 1));

    @BeforeEach
    void nothingElseIsDue() {
        service.jdbc()
                .sql("UPDATE delivery SET due_at = now() + interval '1 day' WHERE state = 'SENDING'")
                .update();
    }

    @AfterEach
    void forgetTheOther() {
        service.jdbc()
                .sql("DELETE FROM replica WHERE id = :id")
                .param("id", OTHER)
                .update();
    }

    @Test
    void whatAReplicaClaimedBeforeItDiedIsSentAgainAndNotCounted() throws IOException {
        var id = sentHalfAMinuteAgo();
        otherReplica("1 min", "31 s");

        assertThat(redeliver().path("sent").asInt()).isOne();

        assertThat(delivery(id).path("state").asString()).isEqualTo("SENDING");
        assertThat(delivery(id).path("attempts").asInt()).isOne();
        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
        }
    }

    @Test
    void onceItIsSentAgainItIsGivenUpAsUsual() {
        var id = sentHalfAMinuteAgo();
        otherReplica("1 min", "31 s");
        redeliver();
        route.take(1);
        route.overdue(id, 1);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> redeliver().path("buried").asInt() == 1);

        assertThat(delivery(id).path("state").asString()).isEqualTo("DEAD");
    }

    @Test
    void whatALiveReplicaMayStillHoldIsNotGivenUpYet() {
        var id = sentHalfAMinuteAgo();
        otherReplica("1 min", "0 s");

        for (var call = 0; call < 3; call++) {
            assertThat(redeliver().path("buried").asInt()).isZero();
        }
        assertThat(delivery(id).path("state").asString()).isEqualTo("SENDING");

        service.jdbc()
                .sql("UPDATE replica SET offered_until = now(), seen_at = now() WHERE id = :id")
                .param("id", OTHER)
                .update();
        assertThat(redeliver().path("buried").asInt()).isOne();
    }

    @Test
    void aReplicaThatEndedInOrderLeavesNoDoubt() {
        sentHalfAMinuteAgo();
        otherReplica("1 min", "31 s");
        service.jdbc()
                .sql("UPDATE replica SET ended_at = seen_at WHERE id = :id")
                .param("id", OTHER)
                .update();

        assertThat(redeliver().path("buried").asInt()).isOne();
    }

    @Test
    void whatWasSentBeforeOrLongAfterADeathIsInNoDoubt() {
        sentHalfAMinuteAgo();
        otherReplica("10 s", "10 s");
        assertThat(redeliver().path("buried").asInt()).isOne();
        forgetTheOther();

        sentHalfAMinuteAgo();
        otherReplica("2 min", "1 min");
        assertThat(redeliver().path("buried").asInt()).isOne();
    }

    /** A replica that has offered all that it claimed until then, and was seen last then. */
    private void otherReplica(String offeredUntil, String seen) {
        service.jdbc()
                .sql("""
                        INSERT INTO replica (id, started_at, offered_until, seen_at)
                        VALUES (:id, now() - interval '1 h', now() - :offeredUntil::interval, now() - :seen::interval)
                        """)
                .param("id", OTHER)
                .param("offeredUntil", offeredUntil)
                .param("seen", seen)
                .update();
    }

    private String sentHalfAMinuteAgo() {
        var id = route.confirmed();
        route.take(1);
        service.jdbc()
                .sql(
                        "UPDATE delivery SET sent_at = now() - interval '30 s', due_at = now() WHERE message_id = :id::uuid AND subscription = :s")
                .param("id", id)
                .param("s", route.subscription())
                .update();
        service.jdbc()
                .sql(
                        "UPDATE delivery SET due_at = now() + interval '1 day' WHERE message_id = :id::uuid AND subscription <> :s")
                .param("id", id)
                .param("s", route.subscription())
                .update();
        return id;
    }

    private JsonNode redeliver() {
        return service.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of("limit", 500))
                .is(200)
                .body();
    }

    private JsonNode delivery(String id) {
        for (var delivery : route.get(id).body().path("deliveries")) {
            if (delivery.path("subscription").asString().equals(route.subscription())) {
                return delivery;
            }
        }
        throw new AssertionError("no delivery of " + id);
    }
}
