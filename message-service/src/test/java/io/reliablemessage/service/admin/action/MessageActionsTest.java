package io.reliablemessage.service.admin.action;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.NOT_ASKED;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class MessageActionsTest {

    private static final String REASON = "the consumer is mended";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void aDeadDeliveryIsSentAgainWithAWholeSchedule() throws IOException {
        var id = route.dead();
        try (var queue = new QueueConsumer(service, route.queue())) {
            queue.next(); // of its first life

            assertThat(act(id, "resend").is(200).body().at("/items/0/state").asString())
                    .isEqualTo("SENDING");
            service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);

            assertThat(queue.next().getProps().getHeaders()).containsEntry("rm-attempt", 1);
        }
        assertThat(entries(id, "RESENT")).isEqualTo("ada the consumer is mended");
        assertThat(audited(id)).containsExactly("ada RESEND the consumer is mended");
        act(id, "resend").is(200); // done already
        assertThat(audited(id)).hasSize(1);
    }

    @Test
    void whatIsConsumedIsNeitherResentNorDiscarded() {
        var id = route.confirmed();
        route.ack(id).is(200);

        act(id, "resend").is(TRANSITION_REFUSED).hasState(DeliveryState.CONSUMED);
        act(id, "discard").is(TRANSITION_REFUSED).hasState(DeliveryState.CONSUMED);
        assertThat(audited(id)).isEmpty();
    }

    @Test
    void anActIsAboutTheSubscriptionThatItNames() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var id = route.dead();
        other.force(id, DeliveryState.DEAD);

        act(id, "discard", Map.of("subscription", other.subscription(), "reason", REASON))
                .is(200);

        assertThat(state(id, route)).isEqualTo("DEAD");
        assertThat(state(id, other)).isEqualTo("DISCARDED");
        for (var act : List.of("resend", "discard")) {
            assertThat(act(id, act, Map.of("subscription", "nobody", "reason", REASON))
                            .is(TRANSITION_REFUSED)
                            .text("detail"))
                    .isEqualTo("Message %s has no delivery of subscription nobody.".formatted(id));
            assertThat(act(route.pending(), act).is(TRANSITION_REFUSED).text("detail"))
                    .endsWith("It has no delivery.");
        }
    }

    @Test
    void anActUponAllDeliveriesMayBeRepeatedThoughSomeAreFinal() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var id = route.dead();
        other.ack(id).is(200);

        act(id, "discard").is(200);

        assertThat(act(id, "discard").is(200).body().path("items")).hasSize(1);
        assertThat(audited(id)).hasSize(1);
    }

    @Test
    void aReasonIsOneLine() {
        var id = route.dead();

        act(id, "discard", Map.of("reason", "booked\r\nby hand\n")).is(200);

        assertThat(audited(id)).containsExactly("ada DISCARD booked by hand");
    }

    @Test
    void aSuspectMessageIsDecidedByHand() throws IOException {
        var id = route.suspect();

        decide(id, "CONFIRM").is(200).hasState(MessageState.SENDING);
        decide(id, "CONFIRM").is(200);
        decide(id, "CANCEL").is(TRANSITION_REFUSED);

        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
        }
        assertThat(route.get(id).text("decidedBy")).isEqualTo("ada");
        assertThat(entries(id, "DECIDED")).isEqualTo("ada the consumer is mended");
        assertThat(audited(id)).containsExactly("ada CONFIRM the consumer is mended");
    }

    @Test
    void aMessageWhoseProducerMayStillAnswerIsNotDecidedByHand() {
        decide(route.pending(), "CANCEL").is(TRANSITION_REFUSED).hasState(MessageState.PENDING_CONFIRM);
    }

    @Test
    void anOperatorAndTheProducerAtOnceDecideOnce() {
        for (var i = 0; i < 50; i++) {
            var id = route.suspect();

            Parallel.both(() -> decide(id, "CANCEL"), () -> route.confirm(id));

            var state = route.get(id).state();
            assertThat(audited(id)).hasSize("CANCELLED".equals(state) ? 1 : 0);
        }
    }

    @Test
    void aProducerThatCannotBeAskedIsNotAsked() {
        var id = route.pending();

        assertThat(act(id, "checkback").is(NOT_ASKED).text("application")).isEqualTo("shop");
        operator("POST", "/admin/applications/shop/checkbacks", Map.of("reason", REASON))
                .is(NOT_ASKED);
        operator("POST", "/admin/applications/nobody/checkbacks", Map.of("reason", REASON))
                .is(NOT_FOUND);
        operator("POST", "/admin/applications/shop/checkbacks", Map.of()).is(INVALID_REQUEST);

        assertThat(audited(id)).isEmpty();
        act(route.cancelled(), "checkback").is(TRANSITION_REFUSED).hasState(MessageState.CANCELLED);
    }

    @Test
    void nobodyActsWithoutAReasonOrUponNothing() {
        for (var act : List.of("resend", "discard", "checkback")) {
            act(route.dead(), act, Map.of()).is(INVALID_REQUEST);
            act(route.dead(), act, Map.of("reason", " ")).is(INVALID_REQUEST);
            act(route.dead(), act, Map.of("reason", "é".repeat(251))).is(INVALID_REQUEST);
            act(MessageFlow.newId(), act).is(MESSAGE_NOT_FOUND);
        }
        act(route.suspect(), "decide").is(INVALID_REQUEST);
    }

    @Test
    void aPausedSubscriptionIsSentNothingUntilItGoesOn() throws IOException {
        subscription("pause", Map.of("reason", REASON)).is(204);
        var id = route.confirmed();
        try (var queue = new QueueConsumer(service, route.queue())) {
            service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
            assertThat(queue.poll()).isNull();

            subscription("resume", Map.of("reason", REASON)).is(204);
            service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);

            assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
        }
        assertThat(audited(route.subscription()))
                .containsExactly("ada PAUSE the consumer is mended", "ada RESUME the consumer is mended");
    }

    @Test
    void anOverrideWinsUntilItIsTakenBack() {
        override(Map.of("schedule", List.of("PT7M"), "maxAttempts", 3, "reason", REASON))
                .is(204);
        assertThat(inForce()).isEqualTo("[\"PT7M\"] 3");

        override(Map.of("reason", REASON)).is(204);
        assertThat(inForce()).isNotEqualTo("[\"PT7M\"] 3");
        override(Map.of("schedule", List.of(), "reason", REASON)).is(INVALID_REQUEST);
        operator("PUT", "/admin/subscriptions/nobody/override", Map.of("reason", REASON))
                .is(NOT_FOUND);
    }

    private String inForce() {
        var view = service.as(Key.CONSUMER)
                .put("/subscriptions/" + route.subscription(), Map.of("topic", route.topic()))
                .is(200)
                .body();
        return "%s %s".formatted(view.path("schedule"), view.path("maxAttempts"));
    }

    private Answer override(Map<String, ?> terms) {
        return operator("PUT", "/admin/subscriptions/%s/override".formatted(route.subscription()), terms);
    }

    private Answer subscription(String act, Map<String, ?> body) {
        return operator("POST", "/admin/subscriptions/%s/%s".formatted(route.subscription(), act), body);
    }

    private Answer decide(String id, String decision) {
        return act(id, "decide", Map.of("decision", decision, "reason", REASON));
    }

    private Answer act(String id, String act) {
        return act(id, act, Map.of("reason", REASON));
    }

    private Answer act(String id, String act, Map<String, ?> body) {
        return operator("POST", "/admin/messages/%s/%s".formatted(id, act), body);
    }

    private Answer operator(String method, String path, Object body) {
        return service.as(Key.CONSOLE).call(method, path, body, "RM-Actor", "ada", "RM-Roles", "lead,operator");
    }

    private String state(String id, MessageFlow of) {
        return one(
                "SELECT state FROM delivery WHERE message_id::text = :subject AND subscription = '%s'"
                        .formatted(of.subscription()),
                id);
    }

    private String entries(String id, String kind) {
        return one(
                "SELECT actor || ' ' || detail FROM event WHERE message_id::text = :subject AND kind = '%s'"
                        .formatted(kind),
                id);
    }

    private String one(String sql, String subject) {
        return service.jdbc()
                .sql(sql)
                .param("subject", subject)
                .query(String.class)
                .single();
    }

    private List<String> audited(String subject) {
        return service.jdbc()
                .sql(
                        "SELECT concat_ws(' ', actor, act, reason) FROM audit WHERE subject = :subject AND outcome = 'DONE' ORDER BY id")
                .param("subject", subject)
                .query(String.class)
                .list();
    }
}
