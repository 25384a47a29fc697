package io.reliablemessage.service.model;

import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step from every state, through the API, compared with the allow-lists. */
@Tag("ledger")
class TransitionTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    static Stream<Arguments> stepsOfMessages() {
        return Arrays.stream(Decision.values())
                .flatMap(state -> Arrays.stream(MessageTransition.values()).map(step -> Arguments.of(state, step)));
    }

    @ParameterizedTest
    @MethodSource("stepsOfMessages")
    void aMessageTakesTheStepOrSaysWhereItStands(Decision from, MessageTransition step) {
        var id = messageIn(from);

        var answer = step == MessageTransition.CONFIRM ? route.confirm(id) : route.cancel(id);

        if (from == Decision.PENDING_CONFIRM || from == step.to()) {
            answer.is(200);
            assertThat(decisionOf(id)).isEqualTo(step.to().name());
        } else {
            answer.is(TRANSITION_REFUSED).hasState(from == Decision.CONFIRMED ? DeliveryState.SENDING : from);
            assertThat(decisionOf(id)).isEqualTo(from.name());
        }
    }

    static Stream<Arguments> stepsOfDeliveries() {
        return Arrays.stream(DeliveryState.values())
                .flatMap(state -> Arrays.stream(DeliveryTransition.values()).map(step -> Arguments.of(state, step)));
    }

    @ParameterizedTest
    @MethodSource("stepsOfDeliveries")
    void aDeliveryTakesTheStepOrSaysWhereItStands(DeliveryState from, DeliveryTransition step) {
        var id = route.confirmed();
        route.force(id, from);

        var answer = take(step, id);

        if (step.from().contains(from)) {
            assertThat(deliveryOf(id)).isEqualTo(step.to().name());
        } else {
            assertThat(deliveryOf(id)).isEqualTo(from.name());
            if (step != DeliveryTransition.BURY && from != step.to()) {
                answer.is(TRANSITION_REFUSED).hasState(from);
            }
        }
    }

    @Test
    void whatIsOutOfTheOrdinaryIsInTheTimeline() {
        var id = route.confirmed();
        route.force(id, DeliveryState.DEAD);

        route.ack(id).is(200);

        assertThat(events(id)).containsExactly("LATE_ACK points was DEAD");
    }

    @Test
    void aRejectionIsInTheTimelineWithCodeAndReason() {
        var id = route.confirmed();

        route.reject(id).is(200).hasState(DeliveryState.REJECTED);
        route.reject(id).is(200);

        assertThat(events(id)).containsExactly("REJECTED points CLOSED: the account is closed");
    }

    @Test
    void theTablesKnowTheSameStates() {
        assertThat(statesAllowedBy("message_state_known")).isEqualTo(names(Decision.values()));
        assertThat(statesAllowedBy("delivery_state_known")).isEqualTo(names(DeliveryState.values()));
    }

    private Answer take(DeliveryTransition step, String id) {
        return switch (step) {
            case ACK -> route.ack(id);
            case REJECT -> route.reject(id);
            case BURY -> {
                route.take(1); // what still waits in its queue is not given up
                service.jdbc()
                        .sql(
                                "UPDATE delivery SET attempts = 12, sent_at = now() - interval '1 min' WHERE message_id = :id::uuid")
                        .param("id", id)
                        .update();
                route.overdue(id, 1);
                yield service.as(Key.WORKER)
                        .post("/jobs/redeliveries", Map.of())
                        .is(200);
            }
            case REVIVE -> act(id, "resend");
            case DISCARD -> act(id, "discard");
        };
    }

    private Answer act(String id, String act) {
        return service.as(Key.EVERYTHING)
                .post("/admin/messages/%s/%s".formatted(id, act), Map.of("reason", "a test wants it"));
    }

    private String messageIn(Decision state) {
        return switch (state) {
            case PENDING_CONFIRM -> route.pending();
            case CONFIRMED -> route.confirmed();
            case CANCELLED -> route.cancelled();
        };
    }

    private String decisionOf(String id) {
        return one("SELECT state FROM message WHERE id = :id::uuid", id);
    }

    private String deliveryOf(String id) {
        return one("SELECT state FROM delivery WHERE message_id = :id::uuid", id);
    }

    private String one(String sql, String id) {
        return service.jdbc().sql(sql).param("id", id).query(String.class).single();
    }

    private java.util.List<String> events(String id) {
        return service.jdbc()
                .sql("SELECT concat_ws(' ', kind, actor, detail) FROM event WHERE message_id = :id::uuid ORDER BY at")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private Set<String> statesAllowedBy(String constraint) {
        var definition = service.jdbc()
                .sql(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name AND conparentid = 0 LIMIT 1")
                .param("name", constraint)
                .query(String.class)
                .single();
        return Pattern.compile("'([A-Z_]+)'")
                .matcher(definition)
                .results()
                .map(found -> found.group(1))
                .collect(toSet());
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(toSet());
    }
}
