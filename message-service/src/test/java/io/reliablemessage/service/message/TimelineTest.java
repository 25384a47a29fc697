package io.reliablemessage.service.message;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Trace;
import io.reliablemessage.service.publishing.GiveBackStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class TimelineTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void tellsAnOrdinaryLife() {
        var id = route.confirmed();
        route.ack(id).is(200);

        assertThat(kinds(Key.PRODUCER, id)).containsExactly("PREPARED", "CONFIRMED", "SENT", "CONSUMED");
        assertThat(timeline(Key.PRODUCER, id).getLast().path("actor").asString())
                .isEqualTo(Key.CONSUMER.application());
    }

    @Test
    void tellsOfADecisionThatIsStillWaitedForAndOfACancelledMessage() {
        assertThat(kinds(Key.PRODUCER, route.pending())).containsExactly("PREPARED");
        assertThat(kinds(Key.PRODUCER, route.cancelled())).containsExactly("PREPARED", "CANCELLED");
    }

    @Test
    void tellsWhatWasOutOfTheOrdinary() {
        var id = route.confirmed();
        route.take(1);
        route.overdue(id, 1);
        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
        route.reject(id).is(200);

        var entries = timeline(Key.PRODUCER, id);

        assertThat(kinds(Key.PRODUCER, id)).containsExactly("PREPARED", "CONFIRMED", "SENT", "REDELIVERED", "REJECTED");
        assertThat(entries.get(2).path("detail").asString()).isEqualTo("attempt 1");
        assertThat(entries.get(3).path("detail").asString()).isEqualTo("attempt 2");
        assertThat(entries.get(4).path("detail").asString()).contains("CLOSED");
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.path("at").asString()).isNotEmpty());
    }

    @Test
    void aResendDoesNotForgetTheSendBeforeIt() {
        var id = route.confirmed();
        route.take(1);
        route.reject(id).is(200);
        service.as(Key.CONSOLE)
                .call(
                        "POST",
                        "/admin/messages/%s/resend".formatted(id),
                        Map.of("reason", "the account is open again"),
                        "RM-Actor",
                        "ada",
                        "RM-Roles",
                        "operator")
                .is(200);
        assertThat(kinds(Key.PRODUCER, id)).containsExactly("PREPARED", "CONFIRMED", "SENT", "REJECTED", "RESENT");

        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kinds(Key.PRODUCER, id))
                        .containsExactly(
                                "PREPARED", "CONFIRMED", "SENT", "REJECTED", "RESENT", "SENT", "BROKER_CONFIRMED"));
    }

    @Test
    void whatTheBrokerRefusesAgainAndAgainWasFirstSentOnce() {
        var id = route.confirmed();
        route.take(1);
        var firstSend = timeline(Key.PRODUCER, id).getLast();

        for (var refusals = 1; refusals <= 2; refusals++) {
            route.overdue(id, 1);
            service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
            route.take(1);
            new GiveBackStatements(service.jdbc()).refuse(secondSend(id, firstSend), "the queue is full");

            assertThat(timeline(Key.PRODUCER, id).stream()
                            .filter(entry -> entry.path("kind").asString().equals("SENT")))
                    .containsExactly(firstSend);
        }
        assertThat(kinds(Key.PRODUCER, id))
                .as("what repeats is told when it begins")
                .containsExactly("PREPARED", "CONFIRMED", "SENT", "REDELIVERED", "REFUSED");
    }

    private Dispatch secondSend(String id, JsonNode firstSend) {
        var content = new Dispatch.Content(
                route.topic(), "A-1", "shop", new byte[0], "text/plain", Map.of(), Instant.EPOCH, Trace.NONE);
        var before = new Claim(true, () -> {})
                .send(1, Instant.parse(firstSend.path("at").asString()));
        return new Dispatch(MessageId.of(id), route.subscription(), route.queue(), 2, false, before, content);
    }

    @Test
    void aConsumerSeesItsOwnDeliveriesOnly() {
        var strange = route.subscribe(Key.OTHER_CONSUMER, Map.of());
        var id = route.confirmed();
        strange.reject(Key.OTHER_CONSUMER, id);

        assertThat(subscriptions(Key.CONSUMER, id)).containsOnly(route.subscription());
        assertThat(subscriptions(Key.OTHER_CONSUMER, id)).containsOnly(strange.subscription());
        assertThat(subscriptions(Key.PRODUCER, id)).contains(route.subscription(), strange.subscription());
    }

    @Test
    void whatIsNobodysBusinessLooksAbsent() {
        for (var id : List.of(route.confirmed(), route.pending())) {
            service.as(Key.OTHER_PRODUCER)
                    .get("/messages/%s/timeline".formatted(id))
                    .is(MESSAGE_NOT_FOUND);
        }
        service.as(Key.CONSUMER)
                .get("/messages/%s/timeline".formatted(route.pending()))
                .is(MESSAGE_NOT_FOUND);
        service.as(Key.PRODUCER)
                .get("/messages/%s/timeline".formatted(MessageFlow.newId()))
                .is(MESSAGE_NOT_FOUND);
    }

    private List<String> kinds(Key key, String id) {
        return timeline(key, id).stream()
                .map(entry -> entry.path("kind").asString())
                .toList();
    }

    private List<String> subscriptions(Key key, String id) {
        return timeline(key, id).stream()
                .filter(entry -> entry.has("subscription"))
                .map(entry -> entry.path("subscription").asString())
                .toList();
    }

    private List<JsonNode> timeline(Key key, String id) {
        var items = service.as(key)
                .get("/messages/%s/timeline".formatted(id))
                .is(200)
                .body()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }
}
