package io.reliablemessage.service.intake;

import static io.reliablemessage.api.MessageState.CONSUMED;
import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.ID_OUTSIDE_WINDOW;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class PrepareTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void makesAnIdByTheDatabasesClockWhenThereIsNone() {
        var message = new HashMap<>(route.message("unused"));
        message.remove("id");

        var answer = prepare(message).is(201).hasState(PENDING_CONFIRM);

        var id = UUID.fromString(answer.id());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Duration.between(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16), databaseNow()))
                .isBetween(Duration.ofSeconds(-5), Duration.ofSeconds(5));
    }

    @Test
    void theSameCallAgainGivesTheSameMessage() {
        var id = MessageFlow.newId();

        route.prepare(id).is(201).hasState(PENDING_CONFIRM);
        route.prepare(id).is(200).hasState(PENDING_CONFIRM);
        route.confirm(id).is(200);
        route.prepare(id).is(200).hasState(SENDING);
        route.ack(id).is(200);
        route.prepare(id).is(200).hasState(SENDING); // whether it was consumed is not looked up
        route.get(id).is(200).hasState(CONSUMED);

        assertThat(rows(id)).isOne();
    }

    @Test
    void storingReadsNoDelivery() throws SQLException {
        var confirmed = route.confirmed();
        var database = service.database();
        try (var other = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE delivery");

            var answers = CompletableFuture.supplyAsync(() -> route.prepare(confirmed));

            assertThat(answers)
                    .succeedsWithin(Duration.ofSeconds(5))
                    .satisfies(again -> again.is(200).hasState(SENDING));
        }
    }

    @Test
    void sixteenAtOnceStoreOneRowAndAllSucceed() {
        var id = MessageFlow.newId();

        var answers = Parallel.times(16, () -> route.prepare(id));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(rows(id)).isOne();
    }

    @Test
    void otherContentUnderTheSameIdIsRefusedAndChangesNothing() {
        var id = route.pending();

        for (var change : Map.<String, Object>of(
                        "key", "A-2",
                        "payload", Map.of("points", 11),
                        "headers", Map.of("lang", "zh"),
                        "contentType", "application/xml",
                        "delay", "PT1S",
                        "checkAfter", "PT1M",
                        "checkRef", "elsewhere")
                .entrySet()) {
            var message = new HashMap<>(route.message(id));
            message.put(change.getKey(), change.getValue());
            prepare(message).is(CONTENT_DIFFERS);
        }

        route.prepare(id).is(200).hasState(PENDING_CONFIRM);
    }

    @Test
    void aCancelledMessageCannotBePreparedAgain() {
        var id = route.cancelled();

        var refused = route.prepare(id).is(TRANSITION_REFUSED);

        assertThat(refused.text("attempted")).isEqualTo("PREPARE");
        assertThat(refused.state()).isEqualTo("CANCELLED");
    }

    @Test
    void anIdOfAnotherProducerIsTakenAndTellsNothingMore() {
        var id = route.pending();
        service.as(Key.OTHER_PRODUCER).put("/topics/rival-" + id, Map.of("consumers", new String[] {"points"}));
        service.as(Key.CONSUMER)
                .put("/subscriptions/rival-" + id, Map.of("topic", "rival-" + id))
                .is(200);

        var refused = service.as(Key.OTHER_PRODUCER)
                .post("/messages/prepare", Map.of("id", id, "topic", "rival-" + id, "key", "A-1", "payload", 1))
                .is(CONTENT_DIFFERS);

        assertThat(refused.body().toString()).doesNotContain(route.topic(), "shop");
    }

    @Test
    void idsAreTakenFromSevenDaysBackToTenMinutesAhead() {
        var now = databaseNow();

        prepareWithIdOf(now.minus(Duration.ofDays(7)).plusSeconds(60)).is(201);
        prepareWithIdOf(now.plus(Duration.ofMinutes(9))).is(201);
        var tooOld =
                prepareWithIdOf(now.minus(Duration.ofDays(7)).minusSeconds(60)).is(ID_OUTSIDE_WINDOW);
        prepareWithIdOf(now.plus(Duration.ofMinutes(11))).is(ID_OUTSIDE_WINDOW);

        assertThat(Instant.parse(tooOld.text("now"))).isBetween(now.minusSeconds(60), now.plusSeconds(60));
        assertThat(tooOld.text("earliest")).isNotEmpty();
        assertThat(tooOld.text("latest")).isNotEmpty();
    }

    @Test
    void anIdThatIsNoUuidOfVersion7IsRefused() {
        for (var id : new String[] {
            "", "1-2-3-4-5", "not-an-id", UUID.randomUUID().toString(), "01a1fe6a1da47458ad613c1902d7d204"
        }) {
            var message = new HashMap<>(route.message(id));
            prepare(message).is(INVALID_REQUEST);
        }
    }

    @Test
    void aTopicMustBeTheProducersOwn() {
        var unknown = new HashMap<>(route.message(MessageFlow.newId()));
        unknown.put("topic", "nobody.knows");

        prepare(unknown).is(TOPIC_NOT_FOUND);
        service.as(Key.OTHER_PRODUCER)
                .post("/messages/prepare", route.message(MessageFlow.newId()))
                .is(TOPIC_NOT_FOUND);
    }

    @Test
    void whatNobodySubscribesToIsRefused() {
        service.as(Key.PRODUCER).put("/topics/lonely", Map.of()).is(200);

        prepare(Map.of("topic", "lonely", "key", "A-1", "payload", 1)).is(NO_SUBSCRIPTION);
    }

    @Test
    void aRepeatSucceedsEvenWhenNothingNewWouldBeTaken() {
        var id = route.pending();
        service.as(Key.CONSUMER)
                .put("/subscriptions/" + route.subscription(), Map.of("topic", route.topic(), "retired", true))
                .is(200);

        route.prepare(id).is(200).hasState(PENDING_CONFIRM);
        route.prepare(MessageFlow.newId()).is(NO_SUBSCRIPTION);
        route.confirm(id).is(200).hasState(SENDING);
    }

    @Test
    void sendStoresAndConfirmsAtOnceAndCanBeRepeated() {
        var id = MessageFlow.newId();

        service.as(Key.PRODUCER).post("/messages", route.message(id)).is(201).hasState(SENDING);
        service.as(Key.PRODUCER).post("/messages", route.message(id)).is(200).hasState(SENDING);

        route.cancel(id).is(TRANSITION_REFUSED);
    }

    @Test
    void sendConfirmsWhatWasPreparedAndRefusesWhatWasCancelled() {
        var pending = route.pending();
        var cancelled = route.cancelled();

        service.as(Key.PRODUCER)
                .post("/messages", route.message(pending))
                .is(200)
                .hasState(SENDING);
        service.as(Key.PRODUCER).post("/messages", route.message(cancelled)).is(TRANSITION_REFUSED);
    }

    private Answer prepare(Map<String, Object> message) {
        return service.as(Key.PRODUCER).post("/messages/prepare", message);
    }

    private Answer prepareWithIdOf(Instant time) {
        var random = UUID.randomUUID();
        var high = time.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0x0fff);
        return route.prepare(new UUID(high, random.getLeastSignificantBits()).toString());
    }

    private int rows(String id) {
        return service.jdbc()
                .sql("SELECT count(*) FROM message WHERE id = :id::uuid")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private Instant databaseNow() {
        return service.jdbc()
                .sql("SELECT now()")
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
