package io.reliablemessage.service.checkback;

import static io.reliablemessage.service.checkback.Checkers.ids;
import static java.util.Collections.synchronizedList;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Isolation of applications and distance of check-backs, with leases of a second. */
@Tag("slow")
class ManyApplicationsTest {

    private static final int APPLICATIONS = 100;
    private static final Duration LEASE = Duration.ofSeconds(1);

    @Test
    void oneThatHangsKeepsNinetyNineOthersNotWaiting() {
        var checkers = Checkers.start(settings());
        try (var service = checkers.service()) {
            var route = service.newRoute();
            checkers.quiet();
            var id = route.pending();
            service.jdbc()
                    .sql("""
                            INSERT INTO message (id, topic, key, producer, payload, content_type, content_hash, decision_due_at,
                                                 check_due_at)
                            SELECT uuid_v7(), topic, key, 'app' || n % :applications, payload, content_type, content_hash,
                                   now(), now()
                              FROM message, generate_series(1, 10 * :applications) n
                             WHERE id = :id::uuid
                            """)
                    .param("applications", APPLICATIONS)
                    .param("id", id)
                    .update();

            var start = System.nanoTime();
            while (pendingOfOthers(checkers) > 0) {
                for (var lease : checkers.lease(50)) {
                    if (!lease.path("application").asString().equals("app0")) {
                        checkers.answerAll(lease, "ROLLED_BACK");
                    }
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            }

            var asked = service.jdbc()
                    .sql("SELECT application, count(*) AS leases FROM checkback_lease GROUP BY application")
                    .query((row, n) -> Map.entry(row.getString("application"), row.getInt("leases")))
                    .list();
            assertThat(asked).hasSize(APPLICATIONS);
            assertThat(asked)
                    .filteredOn(leases -> !leases.getKey().equals("app0"))
                    .as("everybody else needed one ask")
                    .allMatch(leases -> leases.getValue() == 1);
        }
    }

    @Test
    void asksAboutOneMessageAreALeaseApartWithThreeCheckers() {
        var checkers = Checkers.start(settings());
        try (var service = checkers.service()) {
            var route = service.newRoute();
            checkers.quiet();
            var ids = checkers.overdue(route, 20);
            var asks = new ConcurrentHashMap<String, List<Instant>>();

            Parallel.times(3, () -> {
                while (ids.stream()
                        .anyMatch(id -> asks.getOrDefault(id, List.of()).size() < 4)) {
                    work(checkers, asks);
                }
                return true;
            });

            assertThat(asks.keySet()).containsExactlyInAnyOrderElementsOf(ids);
            asks.values().forEach(ManyApplicationsTest::areALeaseApart);
        }
    }

    private static void work(Checkers checkers, Map<String, List<Instant>> asks) {
        for (var lease : checkers.lease(10)) {
            var at = Instant.parse(lease.path("expiresAt").asString()).minus(LEASE);
            ids(lease)
                    .forEach(id -> asks.computeIfAbsent(id, first -> synchronizedList(new ArrayList<>()))
                            .add(at));
            switch (ThreadLocalRandom.current().nextInt(4)) {
                case 0 -> {} // dies
                case 1 -> checkers.fail(lease, "TIMEOUT");
                default -> checkers.answerAll(lease, "UNKNOWN");
            }
        }
    }

    private static void areALeaseApart(List<Instant> asks) {
        var sorted = asks.stream().sorted().toList();
        for (var i = 1; i < sorted.size(); i++) {
            assertThat(Duration.between(sorted.get(i - 1), sorted.get(i))).isGreaterThanOrEqualTo(LEASE);
        }
    }

    private static int pendingOfOthers(Checkers checkers) {
        return checkers.service()
                .jdbc()
                .sql(
                        "SELECT count(*) FROM message WHERE check_due_at IS NOT NULL AND producer LIKE 'app%' AND producer <> 'app0'")
                .query(Integer.class)
                .single();
    }

    private static Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("message-service.checkback.lease", "1s");
        settings.put("message-service.checkback.deadline", "500ms");
        settings.put("message-service.checkback.max-interval", "2s");
        settings.put("message-service.checkback.max-back-off", "0s");
        for (var i = 0; i < APPLICATIONS; i++) {
            var application = "message-service.registry.applications[%d].".formatted(8 + i);
            settings.put(application + "name", "app" + i);
            settings.put(application + "check-url", Checkers.URL);
            settings.put(application + "check-secret", Checkers.SECRET);
        }
        return settings;
    }
}
