package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class ArraysTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void eachItemIsAnsweredInItsPlace() {
        var stored = route.pending();
        var changed = new HashMap<>(route.message(stored));
        changed.put("key", "A-2");
        var unknown = new HashMap<>(route.message(MessageFlow.newId()));
        unknown.put("surprise", 1);
        var fresh = MessageFlow.newId();

        var answers = prepare(List.of(changed, route.message(fresh), unknown, 5, route.message(stored)));

        assertProblem(answers.get(0), stored, CONTENT_DIFFERS);
        assertStatus(answers.get(1), fresh, "PENDING_CONFIRM");
        assertProblem(answers.get(2), String.valueOf(unknown.get("id")), MALFORMED_REQUEST);
        assertThat(answers.get(3).has("id")).isFalse();
        assertThat(answers.get(3).at("/problem/type").asString()).isEqualTo(MALFORMED_REQUEST.uri());
        assertStatus(answers.get(4), stored, "PENDING_CONFIRM");
    }

    @Test
    void sixteenPreparesOfOneIdWithTwoBodiesStoreTheFirst() {
        var first = route.message(MessageFlow.newId());
        var other = new HashMap<>(first);
        other.put("payload", "another one");
        var all = new ArrayList<Object>();
        IntStream.range(0, 16).forEach(i -> all.add(i % 2 == 0 ? first : other));

        var answers = prepare(all);

        for (var i = 0; i < 16; i++) {
            if (i % 2 == 0) {
                assertStatus(answers.get(i), String.valueOf(first.get("id")), "PENDING_CONFIRM");
            } else {
                assertProblem(answers.get(i), String.valueOf(first.get("id")), CONTENT_DIFFERS);
            }
        }
    }

    @Test
    void decisionsAreTakenItemByItem() throws IOException {
        var own = route.pending();
        var cancelled = route.cancelled();
        var unknown = MessageFlow.newId();

        var answers = items(service.as(Key.PRODUCER)
                .post("/messages/confirm", List.of(id(own), id(cancelled), id(unknown), id(own), Map.of("id", "x"))));

        assertStatus(answers.get(0), own, "SENDING");
        assertProblem(answers.get(1), cancelled, TRANSITION_REFUSED);
        assertProblem(answers.get(2), unknown, MESSAGE_NOT_FOUND);
        assertStatus(answers.get(3), own, "SENDING");
        assertProblem(answers.get(4), "x", INVALID_REQUEST);
        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(own);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void aForeignCallersItemsLookAbsentAndTheOthersAreApplied() {
        var own = route.pending();

        var answers = items(service.as(Key.OTHER_PRODUCER).post("/messages/cancel", List.of(id(own))));

        assertProblem(answers.getFirst(), own, MESSAGE_NOT_FOUND);
        assertStatus(
                items(service.as(Key.PRODUCER).post("/messages/cancel", List.of(id(own))))
                        .getFirst(),
                own,
                "CANCELLED");
    }

    @Test
    void fiveHundredGoTheirWholeWay() throws IOException {
        var messages = IntStream.range(0, 500)
                .mapToObj(i -> route.message(MessageFlow.newId()))
                .toList();
        var ids = messages.stream()
                .map(message -> String.valueOf(message.get("id")))
                .toList();
        var references = ids.stream().map(ArraysTest::id).toList();

        assertThat(prepare(messages))
                .allMatch(answer -> answer.path("state").asString().equals("PENDING_CONFIRM"));
        assertThat(items(service.as(Key.PRODUCER).post("/messages/confirm", references)))
                .allMatch(answer -> answer.path("state").asString().equals("SENDING"));
        var received = new HashSet<String>();
        try (var queue = new QueueConsumer(service, route.queue())) {
            ids.forEach(id -> received.add(queue.next().getProps().getMessageId()));
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(items(service.as(Key.CONSUMER).post("/messages/ack", references)))
                .allMatch(answer -> answer.path("state").asString().equals("CONSUMED"));
    }

    @Test
    void sendTakesArraysAsWell() {
        var fresh = MessageFlow.newId();
        var cancelled = route.cancelled();

        var answers = items(service.as(Key.PRODUCER)
                .post("/messages", List.of(route.message(fresh), route.message(cancelled), route.message(fresh))));

        assertStatus(answers.get(0), fresh, "SENDING");
        assertProblem(answers.get(1), cancelled, TRANSITION_REFUSED);
        assertStatus(answers.get(2), fresh, "SENDING");
    }

    @Test
    void acksAndRejectsAreTakenItemByItem() {
        var first = route.confirmed();
        var second = route.confirmed();
        var stranger = service.as(Key.OTHER_CONSUMER);

        var foreign = items(stranger.post("/messages/ack", List.of(id(first), id(second))));
        var acked = items(service.as(Key.CONSUMER).post("/messages/ack", List.of(id(second), id(first), id(second))));
        var rejected = items(service.as(Key.CONSUMER)
                .post("/messages/reject", List.of(Map.of("id", first, "code", "LATE"), Map.of("id", first))));

        assertThat(foreign)
                .allSatisfy(answer ->
                        assertThat(answer.at("/problem/type").asString()).isEqualTo(MESSAGE_NOT_FOUND.uri()));
        assertThat(acked).extracting(answer -> answer.path("id").asString()).containsExactly(second, first, second);
        assertThat(acked).extracting(answer -> answer.path("state").asString()).containsOnly("CONSUMED");
        assertProblem(rejected.get(0), first, TRANSITION_REFUSED);
        assertProblem(rejected.get(1), first, INVALID_REQUEST);
    }

    @Test
    void anArrayHasBounds() {
        assertThat(prepare(List.of())).isEmpty();
        service.as(Key.PRODUCER)
                .post("/messages/confirm", java.util.Collections.nCopies(501, id(MessageFlow.newId())))
                .is(INVALID_REQUEST);
        service.as(Key.PRODUCER).post("/messages/confirm", "[{\"id\":\"x\"}").is(MALFORMED_REQUEST);
        service.as(Key.PRODUCER).post("/messages/confirm", "[] []").is(MALFORMED_REQUEST);
    }

    private List<JsonNode> prepare(List<?> messages) {
        return items(service.as(Key.PRODUCER).post("/messages/prepare", messages));
    }

    private static List<JsonNode> items(Answer answer) {
        return answer.is(200).body().valueStream().toList();
    }

    private static Map<String, String> id(String id) {
        return Map.of("id", id);
    }

    private static void assertStatus(JsonNode answer, String id, String state) {
        assertThat(answer.path("id").asString()).isEqualTo(id);
        assertThat(answer.path("state").asString()).isEqualTo(state);
    }

    private static void assertProblem(JsonNode answer, String id, ProblemType type) {
        assertThat(answer.path("id").asString()).isEqualTo(id);
        assertThat(answer.at("/problem/type").asString()).isEqualTo(type.uri());
        assertThat(answer.at("/problem/status").asInt()).isEqualTo(type.status());
    }
}
