package io.reliablemessage.service.admin.overview;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.model.ActivityCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class OverviewTest {

    @Test
    void saysWhatIsInEachStateAndSinceWhen() {
        try (var service = Service.start(Map.of())) {
            var empty = service.as(Key.NOTHING).get("/admin/overview").is(200).body();
            var again = service.as(Key.NOTHING).get("/admin/overview").is(200).body();
            assertThat(again.path("at").asString())
                    .as("counted once")
                    .isEqualTo(empty.path("at").asString());
            assertThat(empty.has("oldestUnacknowledgedAt")).isFalse();
            assertThat(empty.path("states"))
                    .hasSize(8)
                    .allMatch(state -> state.path("count").asInt() == 0);

            var route = service.newRoute();
            var later = new java.util.HashMap<>(route.message(MessageFlow.newId()));
            later.put("delay", "P1D");
            route.confirm(service.as(Key.PRODUCER)
                            .post("/messages/prepare", later)
                            .is(201)
                            .id())
                    .is(200);
            service.bean(StateCounts.class).forget();
            var scheduled =
                    service.as(Key.NOTHING).get("/admin/overview").is(200).body();
            assertThat(scheduled.has("oldestUnacknowledgedAt")).isFalse();
            assertThat(state(scheduled, "SENDING").path("count").asInt()).isEqualTo(1);

            var pending = route.pending();
            route.suspect();
            route.cancelled();
            var sending = route.confirmed();
            var consumed = route.confirmed();
            route.ack(consumed).is(200);
            route.reject(route.confirmed()).is(200);
            var dead = route.dead();
            createdAnHourAgo(service, pending, dead);
            service.bean(RateLoop.class).write();
            service.bean(StateCounts.class).forget();

            var overview =
                    service.as(Key.NOTHING).get("/admin/overview").is(200).body();
            assertThat(state(overview, "PENDING_CONFIRM").path("count").asInt()).isEqualTo(2);
            assertThat(state(overview, "PENDING_CONFIRM").path("oldestAt").asString())
                    .isEqualTo(createdAt(service, pending));
            assertThat(state(overview, "CONFIRMED").path("count").asInt()).isEqualTo(5);
            assertThat(state(overview, "CONFIRMED").path("perMinute").asDouble())
                    .isPositive();
            assertThat(state(overview, "CANCELLED").path("count").asInt()).isEqualTo(1);
            assertThat(state(overview, "SENDING").path("count").asInt()).isEqualTo(2);
            assertThat(state(overview, "CONSUMED").path("count").asInt()).isEqualTo(1);
            assertThat(state(overview, "CONSUMED").has("oldestAt")).isFalse();
            assertThat(state(overview, "REJECTED").path("count").asInt()).isEqualTo(1);
            assertThat(state(overview, "DEAD").path("count").asInt()).isEqualTo(1);
            assertThat(state(overview, "DEAD").path("oldestAt").asString()).isEqualTo(createdAt(service, dead));
            assertThat(overview.path("suspects").asInt()).isEqualTo(1);
            assertThat(overview.path("causes").asInt()).isEqualTo(2);
            assertThat(Instant.parse(overview.path("oldestUnacknowledgedAt").asString()))
                    .isEqualTo(decidedAt(service, sending));
            saysWhatIsOutOfOrder(service);
        }
    }

    @Test
    void chartsTellWhatAllReplicasDid() {
        try (var service = Service.start(Map.of());
                var replica = service.replica()) {
            var route = service.newRoute();
            for (var step = 0; step < 3; step++) {
                route.ack(route.confirmed()).is(200);
            }
            route.cancelled();
            route.reject(route.confirmed()).is(200);
            replica.bean(ActivityCounters.class).add(ActivityCounters.Step.DEAD, 2);
            replica.bean(ActivityCounters.class).answeredAfter(Duration.ofMinutes(5));

            Parallel.both(() -> write(service), () -> write(replica));
            write(service); // nothing twice

            for (var window :
                    Map.of("PT1H", 60, "PT6H", 72, "PT24H", 96, "P7D", 84).entrySet()) {
                var rates = service.as(Key.NOTHING)
                        .get("/admin/rates?window=" + window.getKey())
                        .is(200)
                        .body();
                assertThat(rates.path("points")).hasSize(window.getValue());
                assertThat(sum(rates, "prepared")).isEqualTo(5);
                assertThat(sum(rates, "confirmed")).isEqualTo(4);
                assertThat(sum(rates, "cancelled")).isEqualTo(1);
                assertThat(sum(rates, "consumed")).isEqualTo(3);
                assertThat(sum(rates, "rejected")).isEqualTo(1);
                assertThat(sum(rates, "dead")).isEqualTo(2);
                assertThat(sum(rates, "redelivered")).isZero();
                var p99 = rates.path("points")
                        .valueStream()
                        .mapToLong(point -> point.path("p99Millis").asLong(0))
                        .max()
                        .orElseThrow();
                assertThat((double) p99).isCloseTo(300_000, within(30_000.0));
                assertThat(Duration.between(
                                Instant.parse(rates.at("/points/0/at").asString()),
                                Instant.parse(rates.at("/points/1/at").asString())))
                        .isEqualTo(Duration.parse(rates.path("bucket").asString()));
            }
            readsWindows(service);

            replica.bean(ActivityCounters.class).add(ActivityCounters.Step.REDELIVERED, 7);
            replica.close(); // and writes what it did
            var rates = service.as(Key.NOTHING).get("/admin/rates").is(200).body();
            assertThat(sum(rates, "redelivered")).isEqualTo(7);
        }
    }

    private static void readsWindows(Service service) {
        for (var unknown : List.of("PT2H", "LAST_HOUR", "pt1h", "60")) {
            var problem = service.as(Key.NOTHING)
                    .get("/admin/rates?window=" + unknown)
                    .is(MALFORMED_REQUEST)
                    .body();
            assertThat(problem.path("detail").asString())
                    .isEqualTo("Parameter 'window' takes [PT1H, PT6H, PT24H, P7D].");
            service.as(Key.NOTHING).get("/admin/causes?window=" + unknown).is(MALFORMED_REQUEST);
            service.as(Key.NOTHING).get("/admin/causes/trend?window=" + unknown).is(MALFORMED_REQUEST);
        }
        for (var missing : List.of("/admin/rates", "/admin/rates?window=")) {
            assertThat(service.as(Key.NOTHING).get(missing).is(200).body().path("points"))
                    .hasSize(60);
        }
        for (var missing : List.of("/admin/causes/trend", "/admin/causes/trend?window=")) {
            assertThat(service.as(Key.NOTHING).get(missing).is(200).body().path("at"))
                    .hasSize(28);
        }
    }

    private static void saysWhatIsOutOfOrder(Service service) {
        service.jdbc()
                .sql("UPDATE worker_seen SET at = now() - interval '1 min', paused = kind = 'checkback'")
                .update();

        var parts =
                service.as(Key.NOTHING).get("/admin/overview").is(200).body().path("parts");

        assertThat(part(parts, "database").path("up").asBoolean()).isTrue();
        assertThat(part(parts, "broker").path("up").asBoolean()).isTrue();
        assertThat(part(parts, "broker").has("detail")).isFalse();
        assertThat(part(parts, "recovery-job").path("up").asBoolean()).isFalse();
        assertThat(part(parts, "recovery-job").path("detail").asString()).startsWith("silent for ");
        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
        parts = service.as(Key.NOTHING).get("/admin/overview").is(200).body().path("parts");
        assertThat(part(parts, "recovery-job").path("up").asBoolean()).isTrue();
        assertThat(part(parts, "status-checker").path("up").asBoolean()).isFalse();
    }

    private static boolean write(Service service) {
        service.bean(RateLoop.class).write();
        return true;
    }

    private static long sum(JsonNode rates, String member) {
        return rates.path("points")
                .valueStream()
                .mapToLong(point -> point.path(member).asLong())
                .sum();
    }

    private static JsonNode state(JsonNode overview, String state) {
        return overview.path("states")
                .valueStream()
                .filter(each -> each.path("state").asString().equals(state))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode part(JsonNode parts, String name) {
        return parts.valueStream()
                .filter(each -> each.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Their ids stay as young as they are. */
    private static void createdAnHourAgo(Service service, String... ids) {
        for (var id : ids) {
            service.jdbc()
                    .sql("UPDATE message SET created_at = now() - interval '1 h' WHERE id = :id::uuid")
                    .param("id", id)
                    .update();
        }
    }

    private static String createdAt(Service service, String id) {
        return service.as(Key.NOTHING).get("/admin/messages/" + id).text("createdAt");
    }

    private static Instant decidedAt(Service service, String id) {
        return service.jdbc()
                .sql("SELECT deliverable_at FROM delivery WHERE message_id = :id::uuid")
                .param("id", id)
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
