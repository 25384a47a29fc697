package io.reliablemessage.service.decision;

import static io.reliablemessage.api.MessageState.CANCELLED;
import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class DecisionTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void aHundredConfirmsAreOnePublish() throws IOException {
        var id = route.pending();

        var answers = Parallel.times(100, () -> route.confirm(id));

        assertThat(answers).allSatisfy(answer -> answer.is(200));
        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
            var last = route.confirmed();
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(last);
        }
    }

    @Test
    void confirmAgainstCancelHasOneWinnerAndTellsTheLoserWhoWon() {
        for (var round = 0; round < 10; round++) {
            var ids = IntStream.range(0, 16).mapToObj(i -> route.pending()).toList();
            var calls = new ArrayList<Callable<Answer>>();
            ids.forEach(id -> {
                calls.add(() -> route.confirm(id));
                calls.add(() -> route.cancel(id));
            });

            var answers = Parallel.all(calls);

            for (var i = 0; i < ids.size(); i++) {
                assertOneWinner(ids.get(i), answers.get(2 * i), answers.get(2 * i + 1));
            }
        }
    }

    private void assertOneWinner(String id, Answer confirm, Answer cancel) {
        assertThat(List.of(confirm.status(), cancel.status())).containsExactlyInAnyOrder(200, 409);
        var won = confirm.status() == 200 ? SENDING : CANCELLED;
        confirm.hasState(won);
        cancel.hasState(won);
        route.get(id).hasState(won);
        assertThat(deliveries(id)).isEqualTo(won == SENDING ? 1 : 0);
    }

    @Test
    void thePathAndTheBodyMustNotNameDifferentMessages() {
        var producer = service.as(Key.PRODUCER);
        for (var step : List.of("confirm", "cancel")) {
            var id = route.pending();
            var path = "/messages/%s/%s".formatted(id, step);

            assertThat(producer.post(path, Map.of("id", route.pending()))
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains("different messages");
            producer.post(path, List.of(Map.of("id", id))).is(MALFORMED_REQUEST);
            producer.post(path, "{\"id\":").is(MALFORMED_REQUEST);
            producer.post(path, Map.of("reason", "x")).is(MALFORMED_REQUEST);
            route.get(id).hasState(PENDING_CONFIRM);

            producer.post(path, Map.of("id", id)).is(200);
            producer.post(path, Map.of()).is(200);
            producer.post(path, "null").is(200);
            producer.post(path).is(200);
        }
    }

    @Test
    void anIdThatIsMissingIsCalledMissing() {
        for (var path : List.of("/messages/confirm", "/messages/cancel")) {
            for (var body : List.of("{}", "{\"id\":null}")) {
                assertThat(service.as(Key.PRODUCER)
                                .post(path, body)
                                .is(INVALID_REQUEST)
                                .text("detail"))
                        .isEqualTo("id is missing.");
            }
        }
    }

    @Test
    void aForeignMessageLooksAbsentAndStaysAsItIs() {
        var id = route.pending();

        service.as(Key.OTHER_PRODUCER)
                .post("/messages/%s/confirm".formatted(id))
                .is(MESSAGE_NOT_FOUND);
        service.as(Key.OTHER_PRODUCER).post("/messages/%s/cancel".formatted(id)).is(MESSAGE_NOT_FOUND);
        service.as(Key.PRODUCER)
                .post("/messages/%s/confirm".formatted(MessageFlow.newId()))
                .is(MESSAGE_NOT_FOUND);

        route.confirm(id).is(200);
    }

    @Test
    void theIdMayStandInTheBody() {
        var confirmed = route.pending();
        var cancelled = route.pending();

        service.as(Key.PRODUCER)
                .post("/messages/confirm", Map.of("id", confirmed))
                .is(200)
                .hasState(SENDING);
        service.as(Key.PRODUCER)
                .post("/messages/cancel", Map.of("id", cancelled))
                .is(200)
                .hasState(CANCELLED);
    }

    @Test
    void aSubscriptionRegisteredOnOneReplicaIsServedByAConfirmOnAnother() throws IOException {
        try (var other = service.replica()) {
            var id = route.pending();
            var late = route.subscribe(Key.CONSUMER, Map.of());

            new io.reliablemessage.service.Api(other.address(), Key.PRODUCER.value())
                    .post("/messages/%s/confirm".formatted(id))
                    .is(200);

            try (var queue = new QueueConsumer(service, late.queue())) {
                assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
            }
            assertThat(deliveries(id)).isEqualTo(2);
        }
    }

    @Test
    void aMessageThatNobodyWouldGetStaysPending() {
        var id = route.pending();
        service.jdbc()
                .sql("UPDATE subscription SET retired_at = now() - interval '1 day' WHERE name = :name")
                .param("name", route.subscription())
                .update();

        route.confirm(id).is(NO_SUBSCRIPTION);

        route.get(id).is(200).hasState(io.reliablemessage.api.MessageState.PENDING_CONFIRM);
        route.cancel(id).is(200);
    }

    @Test
    void aPausedSubscriptionTakesThePayloadFromNoOther() throws IOException {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var paused = route.subscription().compareTo(other.subscription()) < 0 ? route : other;
        var open = paused == route ? other : route;
        service.jdbc()
                .sql("UPDATE subscription SET paused = true WHERE name = :name")
                .param("name", paused.subscription())
                .update();
        var ids = List.of(route.pending(), route.pending());

        var answers = service.as(Key.PRODUCER)
                .post(
                        "/messages/confirm",
                        ids.stream().map(id -> Map.of("id", id)).toList())
                .is(200);

        assertThat(answers.body())
                .extracting(answer -> answer.path("state").asString())
                .containsOnly(SENDING.name());
        try (var queue = new QueueConsumer(service, open.queue())) {
            for (var id : ids) {
                var received = queue.next();
                assertThat(received.getProps().getMessageId()).isEqualTo(id);
                assertThat(new String(received.getBody(), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("{\"points\":10}");
            }
        }
    }

    @Test
    void aConfirmThatOvertakesItsPrepareIsNeverRefused() {
        for (var round = 0; round < 200; round++) {
            var id = MessageFlow.newId();

            var answers = Parallel.both(() -> route.prepare(id), () -> route.confirm(id));

            answers.getFirst().is(201);
            assertThat(answers.getLast().status())
                    .as("%s", answers.getLast().body())
                    .isIn(200, 404);
            route.confirm(id).is(200);
        }
    }

    @Test
    void aCancelledMessageIsNeverDelivered() throws IOException {
        var cancelled = route.cancelled();
        var confirmed = route.confirmed();

        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(confirmed);
            assertThat(queue.poll()).isNull();
        }
        assertThat(deliveries(cancelled)).isZero();
    }

    @Test
    void aDelayedMessageWaitsInTheLedgerUntilItIsTime() throws IOException {
        var id = service.as(Key.PRODUCER)
                .post("/messages/prepare", delayed("PT2S"))
                .is(201)
                .id();

        var confirmed = System.nanoTime();
        route.confirm(id).is(200).hasState(SENDING);

        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(route.get(id).body().at("/deliveries/0/attempts").asInt())
                    .isZero();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        service.as(Key.WORKER)
                                .post("/jobs/redeliveries", Map.of())
                                .is(200);
                        return queue.poll() != null;
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - confirmed)).isGreaterThan(Duration.ofMillis(1500));
        }
    }

    private Map<String, Object> delayed(String delay) {
        var message = new java.util.HashMap<>(route.message(MessageFlow.newId()));
        message.put("delay", delay);
        return message;
    }

    private int deliveries(String id) {
        return service.jdbc()
                .sql("SELECT count(*) FROM delivery WHERE message_id = :id::uuid")
                .param("id", id)
                .query(Integer.class)
                .single();
    }
}
