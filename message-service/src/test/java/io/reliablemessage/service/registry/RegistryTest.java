package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.NAME_TAKEN;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.QUOTA_REACHED;
import static io.reliablemessage.api.ProblemType.REGISTRATION_FIXED;
import static io.reliablemessage.api.ProblemType.TOPIC_IN_USE;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_KIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class RegistryTest {

    private final Service service = Service.shared();
    private final String name = UUID.randomUUID().toString().substring(0, 13);
    private final String topic = "topic." + name;
    private final String subscription = "sub." + name;

    @Test
    void registrationIsIdempotentOnManyReplicasAtOnce() {
        try (var other = service.replica()) {
            var calls = new ArrayList<Callable<Answer>>();
            for (var address : List.of(service.address(), other.address())) {
                for (var i = 0; i < 8; i++) {
                    calls.add(() -> new Api(address, Key.EVERYTHING.value()).put("/topics/" + topic, Map.of()));
                    calls.add(() -> {
                        new Api(address, Key.EVERYTHING.value())
                                .put("/topics/" + topic, Map.of())
                                .is(200);
                        return new Api(address, Key.EVERYTHING.value())
                                .put("/subscriptions/" + subscription, Map.of("topic", topic));
                    });
                }
            }

            assertThat(Parallel.all(calls)).allSatisfy(answer -> answer.is(200));
        }
    }

    /** They would look like the service's own. */
    @Test
    void theServicesOwnNamesAreReserved() {
        var everything = service.as(Key.EVERYTHING);
        for (var reserved : List.of("reliable-message.probe", "reliable-message." + name, "Reliable-Message.x")) {
            assertThat(everything
                            .put("/topics/" + reserved, Map.of())
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains(reserved, "reserved");
        }
        everything.put("/topics/reliable-messages." + name, Map.of()).is(200);
        for (var reserved : List.of("service", "check-back", "Service", "CHECK-BACK")) {
            assertThat(everything
                            .put("/admin/applications/" + reserved, Map.of("reason", "a test"))
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains(reserved, "reserved");
            var operator = service.as(Key.CONSOLE)
                    .request("/admin/overview")
                    .headers("RM-Actor", reserved, "RM-Roles", "admin")
                    .GET();
            assertThat(Api.exchange(operator).is(MALFORMED_REQUEST).text("detail"))
                    .contains("RM-Actor", "reserved");
        }
        everything
                .put("/admin/applications/service-" + name, Map.of("reason", "a test"))
                .is(204);
    }

    @Test
    void theAnswerSaysWhatIsInForce() throws IOException {
        var registered = registerTopic(Map.of("consumers", List.of("points"), "checkAfter", "PT90S"));
        var subscribed = subscribe(Map.of("schedule", List.of("PT1S", "PT2S"), "maxAttempts", 3));

        assertThat(registered.text("application")).isEqualTo("shop");
        assertThat(registered.text("checkAfter")).isEqualTo("PT1M30S");
        assertThat(subscribed.body().path("schedule").valueStream().map(wait -> wait.asString()))
                .containsExactly("PT1S", "PT2S");
        assertThat(subscribed.body().path("maxAttempts").asInt()).isEqualTo(3);
        try (var queue = new QueueConsumer(service, subscribed.text("queue"))) {
            assertThat(queue.channel()
                            .queueDeclarePassive(subscribed.text("queue"))
                            .getMessageCount())
                    .isZero();
        }
    }

    @Test
    void whatASubscriptionDoesNotSayIsTheServicesDefault() {
        registerTopic(Map.of("consumers", List.of("points")));

        var subscribed = subscribe(Map.of());

        assertThat(subscribed.body().path("schedule").valueStream().map(wait -> wait.asString()))
                .containsExactly("PT30S", "PT1M", "PT5M", "PT15M", "PT1H");
        assertThat(subscribed.body().path("maxAttempts").asInt()).isEqualTo(12);
        assertThat(subscribed.text("kind")).isEqualTo("QUEUE");
    }

    @Test
    void aNameBelongsToWhoRegisteredItFirst() {
        registerTopic(Map.of("consumers", List.of("points", "stranger")));
        subscribe(Map.of());

        service.as(Key.OTHER_PRODUCER).put("/topics/" + topic, Map.of()).is(NAME_TAKEN);
        service.as(Key.OTHER_CONSUMER)
                .put("/subscriptions/" + subscription, Map.of("topic", topic))
                .is(NAME_TAKEN);
    }

    @Test
    void onlyWhoIsAdmittedMaySubscribe() {
        registerTopic(Map.of("consumers", List.of("points")));

        service.as(Key.OTHER_CONSUMER)
                .put("/subscriptions/other." + name, Map.of("topic", topic))
                .is(TOPIC_NOT_FOUND);
        service.as(Key.CONSUMER)
                .put("/subscriptions/other." + name, Map.of("topic", "nobody.knows"))
                .is(TOPIC_NOT_FOUND);
    }

    @Test
    void whoIsNoLongerAdmittedHasItsSubscriptionsRetired() {
        registerTopic(Map.of("consumers", List.of("points")));
        subscribe(Map.of());

        registerTopic(Map.of("consumers", List.of()));

        assertThat(retiredAt()).isAfter(Instant.EPOCH);
        prepare().is(NO_SUBSCRIPTION);
    }

    @Test
    void topicAndKindAreFixed() {
        registerTopic(Map.of("consumers", List.of("points")));
        service.as(Key.PRODUCER)
                .put("/topics/second." + name, Map.of("consumers", List.of("points")))
                .is(200);
        subscribe(Map.of());

        service.as(Key.CONSUMER)
                .put("/subscriptions/" + subscription, Map.of("topic", "second." + name))
                .is(REGISTRATION_FIXED);
    }

    @Test
    void httpSubscriptionsAreRefusedForNow() {
        registerTopic(Map.of("consumers", List.of("points")));

        service.as(Key.CONSUMER)
                .put("/subscriptions/" + subscription, Map.of("topic", topic, "kind", "HTTP"))
                .is(UNSUPPORTED_KIND);
    }

    @Test
    void aRetiredSubscriptionGetsNothingNewAndCanComeBack() {
        registerTopic(Map.of("consumers", List.of("points")));
        subscribe(Map.of());
        var before = prepare().is(201).id();

        var retired = subscribe(Map.of("retired", true));

        assertThat(Instant.parse(retired.text("retiredAt")))
                .isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(90));
        assertThat(subscribe(Map.of("retired", true)).text("retiredAt")).isEqualTo(retired.text("retiredAt"));
        prepare().is(NO_SUBSCRIPTION);
        service.as(Key.PRODUCER).post("/messages/%s/confirm".formatted(before)).is(200);
        assertThat(subscribe(Map.of()).body().has("retiredAt")).isFalse();
        prepare().is(201);
    }

    @Test
    void valuesAreChecked() {
        registerTopic(Map.of("consumers", List.of("points")));
        var producer = service.as(Key.PRODUCER);
        var consumer = service.as(Key.CONSUMER);

        producer.put("/topics/" + topic, Map.of("consumers", List.of("no such name")))
                .is(INVALID_REQUEST);
        producer.put("/topics/" + topic, Map.of("checkAfter", "PT0S")).is(INVALID_REQUEST);
        producer.put("/topics/-" + topic, Map.of()).is(INVALID_REQUEST);
        producer.put("/topics/" + "x".repeat(101), Map.of()).is(INVALID_REQUEST);
        for (var wrong : List.<Map<String, Object>>of(
                Map.of("topic", topic, "schedule", List.of()),
                Map.of("topic", topic, "schedule", List.of("PT0S")),
                Map.of("topic", topic, "schedule", List.of("P8D")),
                Map.of("topic", topic, "schedule", java.util.Collections.nCopies(51, "PT1S")),
                Map.of("topic", topic, "maxAttempts", 0),
                Map.of("topic", topic, "maxAttempts", 1001),
                Map.of("schedule", List.of("PT1S")))) {
            consumer.put("/subscriptions/" + subscription, wrong).is(INVALID_REQUEST);
        }
    }

    @Test
    void anApplicationRegistersNoMoreThanItsQuota() {
        try (var service = Service.start(
                Map.of("message-service.registry.max-topics", 2, "message-service.registry.max-subscriptions", 3))) {
            var shop = service.as(Key.EVERYTHING);
            shop.put("/topics/one", Map.of()).is(200);

            var topics = Parallel.all(numbered(8, n -> shop.put("/topics/more-" + n, Map.of())));
            var subscriptions =
                    Parallel.all(numbered(8, n -> shop.put("/subscriptions/sub-" + n, Map.of("topic", "one"))));

            assertThat(topics).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(topics)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(answer -> answer.is(QUOTA_REACHED));
            assertThat(subscriptions)
                    .filteredOn(answer -> answer.status() == 200)
                    .hasSize(3);
            assertThat(subscriptions)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(answer -> answer.is(QUOTA_REACHED));
            shop.put("/topics/one", Map.of("checkAfter", "PT5M")).is(200);
            service.as(Key.OTHER_PRODUCER).put("/topics/rival", Map.of()).is(200);
        }
    }

    @Test
    void aTopicThatNobodySubscribedToCanBeDeleted() {
        try (var service = Service.start(Map.of("message-service.registry.max-topics", 2))) {
            var shop = service.as(Key.EVERYTHING);
            shop.put("/topics/one", Map.of()).is(200);
            shop.put("/topics/mistyped", Map.of()).is(200);

            service.as(Key.OTHER_PRODUCER).delete("/topics/mistyped").is(TOPIC_NOT_FOUND);
            shop.delete("/topics/mistyped").is(204);
            shop.delete("/topics/mistyped").is(TOPIC_NOT_FOUND);
            shop.put("/topics/two", Map.of()).is(200);

            shop.put("/subscriptions/first", Map.of("topic", "one")).is(200);
            shop.put("/subscriptions/first", Map.of("topic", "one", "retired", true))
                    .is(200);
            shop.delete("/topics/one").is(TOPIC_IN_USE);
        }
    }

    /** Whichever comes first: no subscription is left without its topic, and nothing fails otherwise. */
    @Test
    void subscribingAndDeletingAtOnceLeaveOneOfBoth() {
        var shop = service.as(Key.EVERYTHING);
        for (var round = 0; round < 10; round++) {
            var name = "raced-" + MessageFlow.newId();
            shop.put("/topics/" + name, Map.of()).is(200);

            var answers = Parallel.both(
                    () -> shop.delete("/topics/" + name),
                    () -> shop.put("/subscriptions/" + name, Map.of("topic", name)));

            if (answers.getFirst().status() == 204) {
                answers.getLast().is(TOPIC_NOT_FOUND);
            } else {
                answers.getFirst().is(TOPIC_IN_USE);
                answers.getLast().is(200);
            }
        }
    }

    @Test
    void queuesWithoutEndAreNotMadeByRetiringThem() {
        try (var service = Service.start(Map.of("message-service.registry.max-subscriptions", 1))) {
            var shop = service.as(Key.EVERYTHING);
            shop.put("/topics/one", Map.of()).is(200);
            shop.put("/subscriptions/first", Map.of("topic", "one")).is(200);
            shop.put("/subscriptions/first", Map.of("topic", "one", "retired", true))
                    .is(200);

            shop.put("/subscriptions/second", Map.of("topic", "one")).is(QUOTA_REACHED);
            shop.put("/subscriptions/first", Map.of("topic", "one")).is(200);
            shop.put("/subscriptions/first", Map.of("topic", "one", "retired", true))
                    .is(200);
            service.jdbc()
                    .sql("UPDATE subscription SET retired_at = retired_at - interval '31 d'")
                    .update();

            shop.put("/subscriptions/second", Map.of("topic", "one")).is(200);
        }
    }

    private static List<Callable<Answer>> numbered(int count, IntFunction<Answer> call) {
        return IntStream.range(0, count)
                .<Callable<Answer>>mapToObj(n -> () -> call.apply(n))
                .toList();
    }

    @Test
    void severalKeysOfAnApplicationAreLiveAndARemovedOneIsExpiredAtTheNextStart() {
        var first = "first-key-0123456789abcdefghijklmnop";
        var second = "second-key-0123456789abcdefghijklmno";
        try (var service = Service.start(twoKeys(first, second))) {
            assertThat(register(service, first).status()).isEqualTo(200);
            assertThat(register(service, second).status()).isEqualTo(200);
            try (var restarted = Service.start(service.database(), oneKey(second))) {
                assertThat(register(restarted, first).status()).isEqualTo(401);
                assertThat(register(restarted, second).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void keysAreKeptAsHashesOnly() {
        var kept = service.jdbc()
                .sql("SELECT prefix || encode(hash, 'escape') FROM api_key")
                .query(String.class)
                .list();

        assertThat(kept).hasSizeGreaterThan(5).noneMatch(row -> row.contains("0123456789"));
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM api_key WHERE last_used_on = current_date")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    private static Map<String, Object> oneKey(String key) {
        return Map.of(
                "message-service.registry.applications[8].name", "rotating",
                "message-service.registry.applications[8].keys[0].value", key,
                "message-service.registry.applications[8].keys[0].roles", "PRODUCER");
    }

    private static Map<String, Object> twoKeys(String first, String second) {
        var settings = new java.util.HashMap<>(oneKey(first));
        settings.put("message-service.registry.applications[8].keys[1].value", second);
        settings.put("message-service.registry.applications[8].keys[1].roles", "PRODUCER");
        return settings;
    }

    private static Answer register(Service service, String key) {
        return new Api(service.address(), key).put("/topics/rotated", Map.of());
    }

    private Answer registerTopic(Map<String, Object> request) {
        return service.as(Key.PRODUCER).put("/topics/" + topic, request).is(200);
    }

    private Answer subscribe(Map<String, Object> settings) {
        var request = new java.util.HashMap<>(settings);
        request.put("topic", topic);
        return service.as(Key.CONSUMER)
                .put("/subscriptions/" + subscription, request)
                .is(200);
    }

    private Answer prepare() {
        return service.as(Key.PRODUCER)
                .post("/messages/prepare", Map.of("topic", topic, "key", "A-1", "payload", Duration.ZERO.toString()));
    }

    private Instant retiredAt() {
        return service.jdbc()
                .sql("SELECT retired_at FROM subscription WHERE name = :name")
                .param("name", subscription)
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
