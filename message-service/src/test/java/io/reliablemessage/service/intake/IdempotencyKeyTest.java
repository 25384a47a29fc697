package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.IDEMPOTENCY_KEY_REUSED;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("ledger")
class IdempotencyKeyTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final String key = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = {"/messages/prepare", "/messages"})
    void theSameCallAgainGivesTheSameMessage(String path) {
        var first = post(path, key, message(10)).is(201);

        var again = post(path, key, message(10)).is(200);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(post(path, UUID.randomUUID().toString(), message(10)).is(201).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void sixteenAtOnceStoreOneMessage() {
        var answers = Parallel.times(16, () -> prepare(key, message(10)));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
    }

    @Test
    void otherContentUnderTheKeyIsRefused() {
        var first = prepare(key, message(10)).is(201);

        assertThat(prepare(key, message(11)).is(IDEMPOTENCY_KEY_REUSED).text("messageId"))
                .isEqualTo(first.id());
    }

    @Test
    void aCancelledMessageStaysCancelled() {
        var id = prepare(key, message(10)).is(201).id();
        route.cancel(id).is(200);

        prepare(key, message(10)).is(TRANSITION_REFUSED);
    }

    @Test
    void eachProducerHasItsOwnKeys() {
        var mine = prepare(key, message(10)).is(201);
        var topic = "rival." + key;
        service.as(Key.OTHER_PRODUCER)
                .put("/topics/" + topic, Map.of("consumers", List.of("points")))
                .is(200);
        service.as(Key.CONSUMER)
                .put("/subscriptions/" + topic, Map.of("topic", topic))
                .is(200);

        var theirs = post(
                        Key.OTHER_PRODUCER,
                        "/messages/prepare",
                        key,
                        Map.of("topic", topic, "key", "A-1", "payload", 1))
                .is(201);

        assertThat(theirs.id()).isNotEqualTo(mine.id());
    }

    @Test
    void aKeyAsOldAsTheOldestIdStandsForNothingAnyMore() {
        var first = prepare(key, message(10)).is(201);
        service.jdbc()
                .sql("UPDATE idempotency_key SET created_at = now() - interval '7 days 1 second' WHERE key = :key")
                .param("key", key)
                .update();

        assertThat(prepare(key, message(11)).is(201).id()).isNotEqualTo(first.id());
    }

    @Test
    void oldKeysAreForgotten() {
        prepare(key, message(10)).is(201);
        service.jdbc()
                .sql("UPDATE idempotency_key SET created_at = now() - interval '8 days' WHERE key = :key")
                .param("key", key)
                .update();

        new Idempotency(service.bean(IdempotencyStore.class)).forget();

        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM idempotency_key WHERE key = :key")
                        .param("key", key)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aKeyBesideAnIdAndAKeyForAnArrayAreRefused() {
        prepare(key, route.message(MessageFlow.newId())).is(INVALID_REQUEST);
        post(Key.PRODUCER, "/messages/prepare", key, List.of(message(1))).is(INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b"})
    void strangeKeysAreRefused(String strange) {
        prepare(strange, message(10)).is(INVALID_REQUEST);
        prepare("k".repeat(256), message(10)).is(INVALID_REQUEST);
        prepare("k".repeat(255 - key.length()) + key, message(10)).is(201);
    }

    /** Joined, they would be a third one; an intermediary may have used either. */
    @Test
    void twoKeysOrTwoTypesAreRefused() {
        for (var path : List.of("/messages/prepare", "/messages")) {
            for (var header : List.of("Idempotency-Key", "Content-Type")) {
                var refused = service.as(Key.PRODUCER)
                        .call("POST", path, message(10), header, "application/json", header, "application/json");

                assertThat(refused.is(MALFORMED_REQUEST).text("detail")).contains(header, "more than once");
            }
        }
        prepare("a,b" + key, message(10)).is(201);
    }

    private Map<String, Object> message(int points) {
        return Map.of("topic", route.topic(), "key", "A-1", "payload", Map.of("points", points));
    }

    private Answer prepare(String idempotencyKey, Map<String, Object> message) {
        return post("/messages/prepare", idempotencyKey, message);
    }

    private Answer post(String path, String idempotencyKey, Map<String, Object> message) {
        return post(Key.PRODUCER, path, idempotencyKey, message);
    }

    private Answer post(Key caller, String path, String idempotencyKey, Object body) {
        return service.as(caller).call("POST", path, body, "Idempotency-Key", idempotencyKey);
    }
}
