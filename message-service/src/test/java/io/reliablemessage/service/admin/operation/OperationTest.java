package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.adminapi.operation.OperationOutcome.CONSUMED;
import static io.reliablemessage.adminapi.operation.OperationOutcome.RESENT;
import static io.reliablemessage.adminapi.operation.OperationOutcome.SENT;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.OPERATION_OVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.admin.OperatorClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bulk operations through the API. */
@Tag("ledger")
class OperationTest {

    private static final Map<String, ?> PLAIN = Map.of();

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final OperatorClient operators = new OperatorClient(service, route);

    @Test
    void whatIsResentIsSentAndItsConsumptionProven() throws IOException {
        var ids = operators.dead(5);
        var id = operators.started(5, PLAIN);
        assertThat(operators.state(id)).isEqualTo("RUNNING");

        operators.work();

        assertThat(operators.state(id)).isEqualTo("FINISHED");
        assertThat(operators.ids(id, RESENT)).isEqualTo(ids);
        assertThat(operators.number(id, "consumed")).isZero();
        redeliver();
        try (var queue = new QueueConsumer(service, route.queue())) {
            ids.forEach(each -> queue.next());
        }
        ids.subList(0, 3).forEach(each -> route.ack(each).is(200));
        untilSeen(id, "consumed", 3);
        assertThat(operators.ids(id, CONSUMED)).isEqualTo(ids.subList(0, 3));
        untilSeen(id, "sent", 5);
        assertThat(operators.ids(id, SENT)).isEqualTo(ids);
        operators.addsUp(id);
        assertThat(entries(ids.getFirst()))
                .containsExactly("RESENT ada the consumer is mended", "BROKER_CONFIRMED broker attempt 1");
        assertThat(audited(id))
                .containsExactly("ada START_RESEND 5 %s the consumer is mended".formatted(route.topic()));
    }

    @Test
    void whatIsHandedOverIsSentWhenTheBrokerSaysSoAndThatIsToldOnce() {
        var message = operators.dead(1).getFirst();
        var id = operators.started(1, PLAIN);
        operators.work();
        // a process was killed between the claim and the broker's confirm
        service.jdbc()
                .sql(
                        "UPDATE delivery SET attempts = 1, sent_at = now() - interval '1 min' WHERE message_id = :id::uuid")
                .param("id", message)
                .update();
        operators.work();
        assertThat(operators.number(id, "sent")).isZero();

        for (var redelivery = 0; redelivery < 2; redelivery++) {
            route.take(redelivery);
            route.overdue(message, 1);
            redeliver();
        }

        untilSeen(id, "sent", 1);
        operators.addsUp(id);
        assertThat(entries(message).stream().filter(line -> line.startsWith("BROKER_CONFIRMED")))
                .containsExactly("BROKER_CONFIRMED broker attempt 2");
    }

    @Test
    void whatIsConsumedWasSentAlsoIfItsAttemptWasGivenBackInDoubt() throws IOException {
        var message = operators.dead(1).getFirst();
        var id = operators.started(1, PLAIN);
        operators.work();
        redeliver();
        try (var queue = new QueueConsumer(service, route.queue())) {
            queue.next();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> entries(message).contains("BROKER_CONFIRMED broker attempt 1"));
        // as if the connection had been lost before the broker's confirm
        service.jdbc()
                .sql("DELETE FROM event WHERE message_id = :id::uuid AND kind = 'BROKER_CONFIRMED'")
                .param("id", message)
                .update();
        service.jdbc()
                .sql("UPDATE delivery SET attempts = 0, sent_at = NULL WHERE message_id = :id::uuid")
                .param("id", message)
                .update();

        route.ack(message).is(200);

        untilSeen(id, "consumed", 1);
        operators.addsUp(id);
        assertThat(operators.ids(id, SENT)).containsExactly(message);
    }

    @Test
    void ofWhatNobodyResentTheBrokersWordIsNotWrittenDown() throws IOException {
        var first = route.confirmed();
        route.confirmed();
        try (var queue = new QueueConsumer(service, route.queue())) {
            queue.next();
            queue.next();
            route.overdue(first, 1);
            redeliver();
            queue.next();
        }
        var resent = operators.dead(1).getFirst();
        operators.act(resent, "resend").is(200);
        redeliver();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> entries(resent).contains("BROKER_CONFIRMED broker attempt 1"));
        assertThat(entries(first)).noneMatch(line -> line.startsWith("BROKER_CONFIRMED"));
    }

    @Test
    void whatOthersDoMeanwhileIsSkippedAndSaysWhy() {
        var ids = operators.dead(4);
        var id = operators.started(4, PLAIN);

        operators.act(ids.get(0), "discard").is(200);
        operators.act(ids.get(1), "resend").is(200);
        route.ack(ids.get(2)).is(200);
        operators.work();

        assertThat(operators.skipped(id))
                .isEqualTo(Map.of(ids.get(0), "DISCARDED", ids.get(1), "SENDING", ids.get(2), "CONSUMED"));
        assertThat(operators.ids(id, RESENT)).containsExactly(ids.get(3));
        operators.addsUp(id);
        route.ack(ids.get(1)).is(200);
        route.ack(ids.get(3)).is(200);
        untilSeen(id, "consumed", 1); // the others' are not its own
    }

    @Test
    void anAckIsProofOfTheLatestResendOnly() {
        var message = operators.dead(1).getFirst();
        var first = operators.started(1, PLAIN);
        operators.work();
        route.force(message, DeliveryState.DEAD);
        untilSeen(first, "dead", 1);
        var second = operators.started(1, PLAIN);
        operators.work();

        route.ack(message).is(200);

        untilSeen(second, "consumed", 1);
        untilSeen(first, "dead", 0);
        assertThat(operators.number(first, "consumed")).isZero();
        assertThat(operators.items(first, "").getFirst().path("became").asString())
                .isEqualTo("RESENT_AGAIN");
        operators.addsUp(first);
    }

    @Test
    void aLateAckOfWhatIsDeadAgainCounts() {
        var message = operators.dead(1).getFirst();
        var id = operators.started(1, PLAIN);
        operators.work();
        route.force(message, DeliveryState.DEAD);
        untilSeen(id, "dead", 1);

        route.ack(message).is(200);

        untilSeen(id, "consumed", 1);
        assertThat(operators.number(id, "dead")).isZero();
        operators.addsUp(id);
    }

    @Test
    void theOthersGoWhenTheCanaryIsConsumed() {
        var ids = operators.dead(6);
        route.ack(ids.get(1)).is(200); // proves nothing
        var id = operators.started(6, Map.of("canary", 2));

        operators.work();
        operators.work();

        assertThat(operators.state(id)).isEqualTo("CANARY");
        assertThat(operators.ids(id, RESENT)).containsExactly(ids.get(0), ids.get(2));
        route.ack(ids.get(0)).is(200);
        operators.work();
        assertThat(operators.number(id, "resent")).isEqualTo(2);

        route.ack(ids.get(2)).is(200);

        untilSeen(id, "resent", 5);
        assertThat(operators.state(id)).isEqualTo("FINISHED");
        operators.addsUp(id);
    }

    @Test
    void theOthersStayIfACanaryDiesAndGoWhenAnOperatorSaysSo() {
        var ids = operators.dead(5);
        var id = operators.started(5, Map.of("canary", 1));
        operators.work();

        route.force(ids.getFirst(), DeliveryState.DEAD);

        untilState(id, "PAUSED");
        assertThat(operators.operation(id).path("pausedBy").asString()).isEqualTo("service");
        assertThat(operators.number(id, "resent")).isOne();
        operators.command(id, "resume").is(200);
        untilState(id, "FINISHED");
        assertThat(operators.number(id, "resent")).isEqualTo(5);
        assertThat(audited(id))
                .containsExactly(
                        "ada START_RESEND 5 %s the consumer is mended".formatted(route.topic()),
                        "service PAUSE_OPERATION a canary was not consumed",
                        "ada RESUME_OPERATION the consumer is mended");
    }

    @Test
    void aPausedOperationStandsStill() {
        operators.dead(3);
        var id = operators.started(3, Map.of("canary", 1));
        operators.command(id, "pause").is(200).hasState(io.reliablemessage.adminapi.operation.OperationState.PAUSED);
        operators.command(id, "pause").is(200);

        operators.work();

        assertThat(operators.number(id, "done")).isZero();
        operators.command(id, "resume").is(200).hasState(io.reliablemessage.adminapi.operation.OperationState.CANARY);
        operators.work();
        assertThat(operators.number(id, "resent")).isOne();
    }

    @Test
    void whatACancelledOperationHadNotComeToIsSkipped() {
        var ids = operators.dead(4);
        var id = operators.started(4, Map.of("canary", 1));
        operators.work();

        operators
                .command(id, "cancel")
                .is(200)
                .hasState(io.reliablemessage.adminapi.operation.OperationState.CANCELLED);
        operators.command(id, "cancel").is(200);

        operators.work();
        assertThat(operators.skipped(id).values()).containsExactly("CANCELLED", "CANCELLED", "CANCELLED");
        assertThat(operators.number(id, "done")).isEqualTo(4);
        operators.addsUp(id);
        assertThat(ids.stream().filter(each -> operators.deliveryOf(each).equals("DEAD")))
                .hasSize(3);
        for (var step : List.of("pause", "resume", "rate")) {
            operators
                    .command(id, step)
                    .is(OPERATION_OVER)
                    .hasState(io.reliablemessage.adminapi.operation.OperationState.CANCELLED);
        }
        route.ack(ids.getFirst()).is(200);
        untilSeen(id, "consumed", 1);
    }

    @Test
    void aRateHoldsForAllReplicasTogether() {
        var rate = 20;
        operators.dead(300);
        var id = operators.started(300, Map.of("ratePerSecond", rate));
        try (var replica = service.replica()) {
            var began = System.nanoTime();

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        io.reliablemessage.service.Parallel.both(
                                () -> OperatorClient.workedBy(service, 500),
                                () -> OperatorClient.workedBy(replica, 500));
                        return operators.number(id, "resent") >= 3 * rate;
                    });

            var seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
            assertThat(operators.number(id, "resent")).isLessThanOrEqualTo((int) Math.ceil(rate * (seconds + 1)));
            assertThat(seconds).isGreaterThan(1.5);
        }
        operators.command(id, "rate", Map.of("ratePerSecond", 0, "reason", "x")).is(INVALID_REQUEST);
        operators.command(id, "rate").is(200);
        operators.work();
        assertThat(operators.state(id)).isEqualTo("FINISHED");
    }

    @Test
    void whatIsDeadAgainIsRetried() {
        var ids = operators.dead(3);
        var id = operators.started(3, Map.of("canary", 3));
        operators.command(id, "retry").is(OPERATION_OVER);
        operators.work();
        operators.command(id, "retry").is(OPERATION_OVER);
        route.force(ids.get(1), DeliveryState.DEAD);
        route.reject(ids.get(2)).is(200);
        untilSeen(id, "rejected", 1);

        var again = operators.command(id, "retry").is(201);

        assertThat(again.text("retryOf")).isEqualTo(id);
        assertThat(again.body().path("matched").asInt()).isEqualTo(2);
        operators.work();
        assertThat(operators.ids(again.id(), RESENT)).containsExactly(ids.get(1), ids.get(2));
        operators.addsUp(again.id());
        untilSeen(id, "rejected", 0); // they are the other operation's now
        operators.addsUp(id);
        assertThat(audited(again.id()))
                .containsExactly("ada START_RESEND 2 %s the consumer is mended".formatted(route.topic()));
    }

    /** Updates become rarer the longer nothing changes. */
    private void untilSeen(String id, String member, int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            operators.work();
            return operators.number(id, member) == number;
        });
    }

    private void untilState(String id, String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            operators.work();
            return operators.state(id).equals(state);
        });
    }

    private void redeliver() {
        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of("limit", 5000)).is(200);
    }

    private List<String> entries(String id) {
        return service.jdbc()
                .sql("SELECT concat_ws(' ', kind, actor, detail) FROM event WHERE message_id = :id::uuid ORDER BY at")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private List<String> audited(String id) {
        return service.jdbc()
                .sql(
                        "SELECT concat_ws(' ', actor, act, affected, filter ->> 'topic', reason) FROM audit WHERE subject = :id ORDER BY id")
                .param("id", id)
                .query(String.class)
                .list();
    }
}
