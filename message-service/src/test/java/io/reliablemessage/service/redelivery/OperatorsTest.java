package io.reliablemessage.service.redelivery;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.registry.DeliveryPolicy;
import io.reliablemessage.service.registry.SubscriptionOverrides;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operators' overrides and pauses of a subscription, and their effect on redelivery. */
@Tag("ledger")
class OperatorsTest {

    private static final DeliveryPolicy NOTHING = new DeliveryPolicy(null, null, null);

    private final Service service = Service.shared();
    private final SubscriptionOverrides overrides = service.bean(SubscriptionOverrides.class);
    private final MessageFlow route = service.newRoute();

    @BeforeEach
    void nothingElseIsDue() {
        service.jdbc()
                .sql("UPDATE delivery SET due_at = now() + interval '1 day' WHERE state = 'SENDING'")
                .update();
    }

    @Test
    void anOverrideWinsUntilItIsRemoved() {
        register(Map.of("schedule", List.of("PT1M"), "maxAttempts", 7, "ratePerSecond", 100));
        assertThat(overrides.set(route.subscription(), new DeliveryPolicy(List.of(Duration.ofSeconds(10)), 3, 5)))
                .isTrue();

        var overridden = register(Map.of("schedule", List.of("PT2M"), "maxAttempts", 8, "ratePerSecond", 200));

        assertThat(overridden.body().path("schedule").toString()).isEqualTo("[\"PT10S\"]");
        assertThat(overridden.body().path("maxAttempts").asInt()).isEqualTo(3);
        assertThat(overridden.body().path("ratePerSecond").asInt()).isEqualTo(5);
        assertThat(overridden.body().path("overridden").asBoolean()).isTrue();
        assertThat(overridden.body().path("preview").toString()).isEqualTo("[\"PT10S\",\"PT20S\"]");
        assertThat(waitOf(route.confirmed())).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        assertThat(redelivered(route.confirmed())).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));

        assertThat(overrides.set(route.subscription(), NOTHING)).isTrue();

        var restored = register(Map.of("schedule", List.of("PT2M"), "maxAttempts", 8, "ratePerSecond", 200));
        assertThat(restored.body().path("maxAttempts").asInt()).isEqualTo(8);
        assertThat(restored.body().path("overridden").asBoolean()).isFalse();
        assertThat(waitOf(route.confirmed())).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(132));
        assertThat(redelivered(route.confirmed())).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(132));
    }

    @Test
    void fewerAttemptsBuryWhatHasHadThem() {
        var id = route.confirmed();
        route.take(1);
        overrides.set(route.subscription(), new DeliveryPolicy(null, 1, null));
        route.overdue(id, 1);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> redeliver(500).body().path("buried").asInt() == 1);

        assertThat(delivery(id).path("lastError").asString()).isEqualTo("no ack after 1 attempts");
    }

    @Test
    void aPausedSubscriptionGetsNothingAndPaysNothing() throws IOException {
        var before = route.confirmed();
        route.take(1);
        overrides.pause(route.subscription());
        assertThat(register(Map.of()).body().path("paused").asBoolean()).isTrue();
        var during = IntStream.range(0, 5).mapToObj(i -> route.confirmed()).toList();
        overrides.set(route.subscription(), new DeliveryPolicy(null, 1, null)); // or it would be buried
        route.overdue(before, 100);

        for (var i = 0; i < 3; i++) {
            var report = redeliver(500).body();
            assertThat(report.path("sent").asInt()).isZero();
            assertThat(report.path("buried").asInt()).isZero();
        }
        assertThat(during)
                .allSatisfy(
                        id -> assertThat(delivery(id).path("attempts").asInt()).isZero());
        assertThat(delivery(before).path("attempts").asInt()).isOne();

        overrides.set(route.subscription(), NOTHING);
        overrides.resume(route.subscription());
        assertThat(redeliver(500).body().path("sent").asInt()).isEqualTo(6);

        try (var queue = new QueueConsumer(service, route.queue())) {
            IntStream.range(0, 6).forEach(i -> queue.next());
        }
    }

    @Test
    void aRateHoldsForAllReplicasTogether() {
        var rate = 20;
        register(Map.of("ratePerSecond", rate));
        overrides.pause(route.subscription());
        IntStream.range(0, 300).forEach(i -> route.confirmed()); // never sent, so nothing but the rate holds them back
        overrides.resume(route.subscription());
        try (var replica = service.replica()) {
            var began = System.nanoTime();
            var sent = new java.util.concurrent.atomic.AtomicInteger();

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        Parallel.both(() -> sent.addAndGet(sentBy(service)), () -> sent.addAndGet(sentBy(replica)));
                        return sent.get() >= 4 * rate;
                    });

            var seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
            assertThat(sent.get()).isLessThanOrEqualTo((int) Math.ceil(rate * (seconds + 1)));
            assertThat(seconds).isBetween(2.5, 10.0);
        }
    }

    @Test
    void aRateIsChecked() {
        for (var rate : new int[] {0, -1, 100_001}) {
            service.as(Key.CONSUMER)
                    .put(
                            "/subscriptions/" + route.subscription(),
                            Map.of("topic", route.topic(), "ratePerSecond", rate))
                    .is(INVALID_REQUEST);
        }
    }

    @Test
    void aSubscriptionNobodyKnowsCannotBeOverridden() {
        assertThat(overrides.set("nobody", new DeliveryPolicy(null, 1, null))).isFalse();
        assertThat(overrides.set("nobody", NOTHING)).isFalse();
        assertThat(overrides.pause("nobody")).isFalse();
        assertThat(overrides.resume("nobody")).isFalse();
    }

    @Test
    void aSubscriptionThatCannotBeTakenUpDoesNotStopTheOthers() {
        var bad = service.newRoute();
        var unreadable = bad.confirmed();
        bad.take(1);
        service.jdbc()
                .sql("UPDATE message SET headers = '[1]' WHERE id = :id::uuid")
                .param("id", unreadable)
                .update();
        var good = IntStream.range(0, 3).mapToObj(i -> service.newRoute()).toList();
        var ids = good.stream().map(MessageFlow::confirmed).toList();
        good.forEach(each -> each.take(1));
        bad.overdue(unreadable, 100);
        IntStream.range(0, 3).forEach(i -> good.get(i).overdue(ids.get(i), 1));

        for (var i = 0; i < 3; i++) {
            redeliver(500);
        }

        assertThat(IntStream.range(0, 3)
                        .mapToObj(i -> good.get(i)
                                .get(ids.get(i))
                                .body()
                                .at("/deliveries/0/attempts")
                                .asInt()))
                .containsOnly(2);
        bad.force(unreadable, io.reliablemessage.api.DeliveryState.DISCARDED);
    }

    private Answer register(Map<String, ?> terms) {
        var request = new java.util.HashMap<String, Object>(terms);
        request.put("topic", route.topic());
        return service.as(Key.CONSUMER)
                .put("/subscriptions/" + route.subscription(), request)
                .is(200);
    }

    private Answer redeliver(int limit) {
        return service.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of("limit", limit))
                .is(200);
    }

    private static int sentBy(Service replica) {
        return replica.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of())
                .is(200)
                .body()
                .path("sent")
                .asInt();
    }

    /** The wait after the second send. */
    private Duration redelivered(String id) {
        try (var queue = new QueueConsumer(service, route.queue())) {
            while (!queue.next().getProps().getMessageId().equals(id)) {}
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        route.overdue(id, 1);
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            redeliver(500);
            return delivery(id).path("attempts").asInt() == 2;
        });
        return waitOf(id);
    }

    private Duration waitOf(String id) {
        return Duration.between(
                Instant.parse(delivery(id).path("sentAt").asString()),
                Instant.parse(delivery(id).path("nextAt").asString()));
    }

    private JsonNode delivery(String id) {
        return route.get(id).body().at("/deliveries/0");
    }
}
