package io.reliablemessage.service.acknowledgement;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.DeliveryState.DEAD;
import static io.reliablemessage.api.DeliveryState.REJECTED;
import static io.reliablemessage.api.ProblemType.AMBIGUOUS_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class AcknowledgementTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void anAckEndsTheDeliveryAndIsSuccessWhenRepeated() {
        var id = route.confirmed();

        route.ack(id).is(200).hasState(CONSUMED);
        route.ack(id).is(200).hasState(CONSUMED);

        route.get(id).hasState(CONSUMED);
    }

    @Test
    void anAckNeedsNoBodyIfOneSubscriptionFits() {
        var consumer = service.as(Key.CONSUMER);
        var id = route.confirmed();

        consumer.post("/messages/%s/ack".formatted(id)).is(200).hasState(CONSUMED);

        route.subscribe(Key.CONSUMER, java.util.Map.of());
        consumer.post("/messages/%s/ack".formatted(route.confirmed()))
                .is(io.reliablemessage.api.ProblemType.AMBIGUOUS_SUBSCRIPTION);
        consumer.post("/messages/%s/ack".formatted(route.confirmed()), "null")
                .is(io.reliablemessage.api.ProblemType.AMBIGUOUS_SUBSCRIPTION);
        Api.exchange(consumer.request("/messages/%s/ack".formatted(route.confirmed()))
                        .header("Content-Type", "text/plain")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))
                .is(io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void anAckMayComeBeforeTheBrokersConfirm() {
        var id = route.pending();

        var answers = Parallel.both(() -> route.confirm(id), () -> ackAsSoonAsItIsTaken(id));

        answers.forEach(answer -> answer.is(200));
        route.get(id).hasState(CONSUMED);
    }

    private Answer ackAsSoonAsItIsTaken(String id) {
        var answer = route.ack(id);
        while (answer.status() == 409) {
            answer = route.ack(id);
        }
        return answer;
    }

    @Test
    void anAckProvesASendThatWasGivenBack() {
        for (var state : new String[] {"SENDING", "DISCARDED"}) {
            var id = route.confirmed();
            route.force(id, DeliveryState.valueOf(state));
            service.jdbc()
                    .sql("UPDATE delivery SET attempts = 0, sent_at = NULL WHERE message_id = :id::uuid")
                    .param("id", id)
                    .update();

            route.ack(id).is(200).hasState(CONSUMED);

            assertThat(route.get(id).body().at("/deliveries/0/attempts").asInt())
                    .isOne();
            var kinds = service.as(Key.PRODUCER)
                    .get("/messages/%s/timeline".formatted(id))
                    .body()
                    .findValuesAsString("kind");
            assertThat(kinds).startsWith("PREPARED", "CONFIRMED", "SENT").contains("CONSUMED");
        }
    }

    @Test
    void anAckOfADeadDeliveryStillCounts() {
        var id = route.confirmed();
        route.force(id, DEAD);

        route.ack(id).is(200).hasState(CONSUMED);
    }

    @Test
    void anAckOfACancelledOrPendingMessageIsRefusedAndAlarms() {
        var alarms = neverSent();

        route.ack(route.cancelled()).is(TRANSITION_REFUSED).hasState(io.reliablemessage.api.MessageState.CANCELLED);
        route.ack(route.pending()).is(TRANSITION_REFUSED).hasState(io.reliablemessage.api.MessageState.PENDING_CONFIRM);
        ackWithoutSubscription(route.pending()).is(TRANSITION_REFUSED);

        assertThat(neverSent()).isEqualTo(alarms + 3);
    }

    @Test
    void aForeignOrUnknownMessageLooksAbsent() {
        var id = route.confirmed();
        var stranger = service.as(Key.OTHER_CONSUMER);

        stranger.post("/messages/%s/ack".formatted(id), Map.of("subscription", route.subscription()))
                .is(MESSAGE_NOT_FOUND);
        stranger.post("/messages/%s/ack".formatted(id), Map.of()).is(MESSAGE_NOT_FOUND);
        stranger.post("/messages/%s/reject".formatted(id), Map.of("code", "NO")).is(MESSAGE_NOT_FOUND);
        stranger.post("/messages/%s/ack".formatted(route.pending()), Map.of()).is(MESSAGE_NOT_FOUND);
        stranger.get("/messages/" + id).is(MESSAGE_NOT_FOUND);
        route.ack(MessageFlow.newId()).is(MESSAGE_NOT_FOUND);

        assertThat(route.get(id).body().at("/deliveries/0/state").asString()).isEqualTo("SENDING");
    }

    @Test
    void aSubscriptionThatCameTooLateHasNothingToAck() {
        var id = route.confirmed();
        var late = route.subscribe(Key.CONSUMER, Map.of());

        late.ack(id).is(MESSAGE_NOT_FOUND);
    }

    @Test
    void theSubscriptionMayBeLeftOutWhenThereIsOnlyOne() {
        var id = route.confirmed();

        var answer = ackWithoutSubscription(id).is(200);

        assertThat(answer.text("subscription")).isEqualTo(route.subscription());
    }

    @Test
    void ofSeveralTheCallerHasToNameOne() {
        var second = route.subscribe(Key.CONSUMER, Map.of());
        var id = route.confirmed();

        var refused = ackWithoutSubscription(id).is(AMBIGUOUS_SUBSCRIPTION);

        assertThat(refused.body().path("subscriptions").valueStream().map(name -> name.asString()))
                .containsExactlyInAnyOrder(route.subscription(), second.subscription());
        second.ack(id).is(200);
        route.get(id).hasState(io.reliablemessage.api.MessageState.SENDING);
        route.ack(id).is(200);
        route.get(id).hasState(CONSUMED);
    }

    @Test
    void eachConsumerSeesOnlyItsOwnDeliveries() {
        var foreign = route.subscribe(Key.OTHER_CONSUMER, Map.of());
        var id = route.confirmed();

        var seen = service.as(Key.OTHER_CONSUMER).get("/messages/" + id).is(200);

        assertThat(seen.body()
                        .path("deliveries")
                        .valueStream()
                        .map(delivery -> delivery.path("subscription").asString()))
                .containsExactly(foreign.subscription());
        assertThat(route.get(id).body().path("deliveries")).hasSize(2);
    }

    @Test
    void aRejectionIsFinalForTheConsumer() {
        var id = route.confirmed();

        route.reject(id).is(200).hasState(REJECTED);
        route.reject(id).is(200).hasState(REJECTED);
        route.ack(id).is(TRANSITION_REFUSED).hasState(REJECTED);

        assertThat(route.get(id).body().at("/deliveries/0/lastError").asString())
                .isEqualTo("CLOSED: the account is closed");
    }

    @Test
    void theCodeOfTheFirstRejectionStands() {
        var consumer = service.as(Key.CONSUMER);
        var id = route.confirmed();
        route.reject(id).is(200);

        for (var other : List.of("OTHER", "CLOSED2", "closed")) {
            var refused = consumer.post("/messages/%s/reject".formatted(id), Map.of("code", other, "reason", "x"))
                    .is(TRANSITION_REFUSED)
                    .hasState(REJECTED);
            assertThat(refused.text("detail")).contains("code CLOSED");
            assertThat(refused.text("subscription")).isEqualTo(route.subscription());
        }
        consumer.post("/messages/%s/reject".formatted(id), Map.of("code", "CLOSED"))
                .is(200);
        consumer.post("/messages/%s/reject".formatted(id), Map.of("code", "CLOSED", "reason", "in other words"))
                .is(200);
        assertThat(route.get(id).body().at("/deliveries/0/lastError").asString())
                .isEqualTo("CLOSED: the account is closed");
    }

    @Test
    void ofTwoRejectionsInOneCallTheFirstStands() {
        var id = route.confirmed();

        var answers = service.as(Key.CONSUMER)
                .post("/messages/reject", List.of(Map.of("id", id, "code", "A"), Map.of("id", id, "code", "B")))
                .is(200)
                .body();

        assertThat(answers.at("/0/state").asString()).isEqualTo("REJECTED");
        assertThat(answers.at("/1/problem/detail").asString()).contains("code A");
        assertThat(route.get(id).body().at("/deliveries/0/lastError").asString())
                .isEqualTo("A");
    }

    @Test
    void ackAgainstRejectHasOneWinner() {
        for (var round = 0; round < 50; round++) {
            var id = route.confirmed();

            var answers = Parallel.both(() -> route.ack(id), () -> route.reject(id));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
            assertThat(answers)
                    .extracting(Answer::state)
                    .containsOnly(route.get(id).state());
        }
    }

    @Test
    void aRejectionNeedsACode() {
        var id = route.confirmed();
        var consumer = service.as(Key.CONSUMER);

        consumer.post("/messages/%s/reject".formatted(id), Map.of("reason", "no code"))
                .is(INVALID_REQUEST);
        consumer.post("/messages/%s/reject".formatted(id), Map.of("code", "two words"))
                .is(INVALID_REQUEST);
        consumer.post("/messages/%s/reject".formatted(id), Map.of("code", "LONG", "reason", "x".repeat(1001)))
                .is(INVALID_REQUEST);
    }

    @Test
    void theIdMayStandInTheBodyAndMustNotContradictThePath() {
        var id = route.confirmed();
        var consumer = service.as(Key.CONSUMER);

        consumer.post("/messages/ack", Map.of()).is(INVALID_REQUEST);
        consumer.post("/messages/%s/ack".formatted(id), Map.of("id", MessageFlow.newId()))
                .is(INVALID_REQUEST);
        consumer.post("/messages/ack", Map.of("id", id)).is(200).hasState(CONSUMED);
        consumer.post("/messages/reject", Map.of("id", route.confirmed(), "code", "NO"))
                .is(200)
                .hasState(REJECTED);
    }

    private Answer ackWithoutSubscription(String id) {
        return service.as(Key.CONSUMER).post("/messages/%s/ack".formatted(id), Map.of());
    }

    private double neverSent() {
        return service.bean(io.micrometer.core.instrument.MeterRegistry.class)
                .get("reliable.message.unexpected.acks")
                .counter()
                .count();
    }
}
