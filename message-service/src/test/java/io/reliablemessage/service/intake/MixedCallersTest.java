package io.reliablemessage.service.intake;

import static io.reliablemessage.api.MessageState.CANCELLED;
import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls of different applications that were written in one batch: each is answered as if it had been alone. The
 * batch before is held up by a lock, so that they gather.
 */
@Tag("ledger")
class MixedCallersTest {

    private static final String LOCK_MESSAGE = "SELECT FROM message WHERE id = '%s' FOR UPDATE";
    private static final String LOCK_DELIVERY = "SELECT FROM delivery WHERE message_id = '%s' FOR UPDATE";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void decisionsOfForeignMessagesFindNothingAndTheOthersAreTaken() throws Exception {
        var blocker = route.pending();
        var confirmed = route.pending();
        var cancelled = route.pending();
        var unknown = MessageFlow.newId();

        var answers = inOneBatch(
                "decision",
                LOCK_MESSAGE.formatted(blocker),
                () -> route.confirm(blocker),
                List.of(
                        () -> decide(Key.OTHER_PRODUCER, confirmed, "confirm"),
                        () -> decide(Key.PRODUCER, confirmed, "confirm"),
                        () -> decide(Key.EVERYTHING, cancelled, "confirm"),
                        () -> decide(Key.OTHER_PRODUCER, cancelled, "cancel"),
                        () -> decide(Key.PRODUCER, cancelled, "cancel"),
                        () -> decide(Key.PRODUCER, unknown, "confirm")));

        answers.get(0).is(MESSAGE_NOT_FOUND);
        answers.get(1).is(200).hasState(SENDING);
        answers.get(2).is(MESSAGE_NOT_FOUND);
        answers.get(3).is(MESSAGE_NOT_FOUND);
        answers.get(4).is(200).hasState(CANCELLED);
        answers.get(5).is(MESSAGE_NOT_FOUND);
        route.get(confirmed).is(200).hasState(SENDING);
        route.get(cancelled).is(200).hasState(CANCELLED);
    }

    @Test
    void acksOfForeignDeliveriesFindNothingAndTheOthersAreTaken() throws Exception {
        var other = route.subscribe(Key.OTHER_CONSUMER, Map.of());
        var blocker = route.confirmed();
        var id = route.confirmed();

        var answers = inOneBatch(
                "ack",
                LOCK_DELIVERY.formatted(blocker),
                () -> route.ack(blocker),
                List.of(
                        () -> ack(Key.OTHER_CONSUMER, id, route),
                        () -> ack(Key.CONSUMER, id, route),
                        () -> ack(Key.CONSUMER, id, route),
                        () -> ack(Key.CONSUMER, id, other),
                        () -> ack(Key.EVERYTHING, id, other),
                        () -> ack(Key.CONSUMER, MessageFlow.newId(), route)));

        answers.get(0).is(MESSAGE_NOT_FOUND);
        answers.get(1).is(200).hasState(DeliveryState.CONSUMED);
        answers.get(2).is(200).hasState(DeliveryState.CONSUMED);
        answers.get(3).is(MESSAGE_NOT_FOUND);
        answers.get(4).is(MESSAGE_NOT_FOUND);
        answers.get(5).is(MESSAGE_NOT_FOUND);
        assertThat(route.get(id).body().path("deliveries").valueStream())
                .extracting(delivery -> delivery.path("state").asString())
                .containsExactlyInAnyOrder("CONSUMED", "SENDING");
    }

    @Test
    void preparesToForeignTopicsFindNoneAndTheOthersAreStored() throws Exception {
        var blocker = MessageFlow.newId();
        var id = MessageFlow.newId();
        var sameInTheMaking =
                "INSERT INTO message (id, topic, key, producer, payload, content_type, content_hash, decision_due_at, check_due_at)"
                        + " VALUES ('%s', 't', 'k', 'p', '', 'a/b', sha256(''), now(), now())".formatted(blocker);

        var answers = inOneBatch(
                "prepare",
                sameInTheMaking,
                () -> route.prepare(blocker),
                List.of(
                        () -> service.as(Key.OTHER_PRODUCER).post("/messages/prepare", route.message(id)),
                        () -> route.prepare(id),
                        () -> route.prepare(id)));

        answers.get(0).is(TOPIC_NOT_FOUND);
        answers.get(1).is(201).hasState(PENDING_CONFIRM);
        answers.get(2).is(200).hasState(PENDING_CONFIRM);
    }

    /**
     * @param lock what the first call has to wait for
     * @return the others' answers, in order
     */
    private List<Answer> inOneBatch(
            String groupCommit, String lock, Callable<Answer> first, List<Callable<Answer>> others) throws Exception {
        var database = service.database();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var holder = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(lock);
            var blocked = threads.submit(first);
            await().until(this::somebodyWaitsForALock);
            var batches = batches(groupCommit).count();
            var requests = batches(groupCommit).totalAmount();
            var gathering = new ArrayList<Future<Answer>>();
            for (var call : others) {
                gathering.add(threads.submit(call));
                await().until(() -> waiting(groupCommit) == gathering.size()); // in their order
            }

            holder.rollback();

            assertThat(blocked.get().status()).isIn(200, 201);
            var answers = new ArrayList<Answer>();
            for (var answer : gathering) {
                answers.add(answer.get());
            }
            assertThat(batches(groupCommit).count() - batches)
                    .as("the first batch and the others'")
                    .isEqualTo(2);
            assertThat(batches(groupCommit).totalAmount() - requests).isEqualTo(1 + others.size());
            return answers;
        }
    }

    private Answer decide(Key key, String id, String decision) {
        return service.as(key).post("/messages/%s/%s".formatted(id, decision));
    }

    private Answer ack(Key key, String id, MessageFlow to) {
        return service.as(key).post("/messages/%s/ack".formatted(id), Map.of("subscription", to.subscription()));
    }

    private boolean somebodyWaitsForALock() {
        return service.jdbc()
                .sql(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())")
                .query(Boolean.class)
                .single();
    }

    private DistributionSummary batches(String groupCommit) {
        return service.bean(MeterRegistry.class)
                .get("reliable.message.group.commit.batch.size")
                .tag("group", groupCommit)
                .summary();
    }

    private double waiting(String groupCommit) {
        return service.bean(MeterRegistry.class)
                .get("reliable.message.group.commit.waiting")
                .tag("group", groupCommit)
                .gauge()
                .value();
    }
}
