package io.reliablemessage.service.admin.worker;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.Service;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class AdminWorkerTest {

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start(Map.of(
                "message-service.registry.secret-keys[0].id", "one",
                "message-service.registry.secret-keys[0].value", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=",
                "message-service.registry.allowed-addresses[0]", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whileRedeliveryIsPausedNothingDueIsSentAndEverybodyCanSeeIt() {
        var route = service.newRoute();
        var id = route.confirmed();
        route.take(1);
        route.overdue(id, 1);

        set("redelivery", true).is(204);

        assertThat(redeliver().path("sent").asInt()).isZero();
        assertThat(redeliver().path("more").asBoolean()).as("its worker rests").isFalse();
        assertThat(health()).isEqualTo("DEGRADED");
        var first = route.confirmed();
        route.take(1); // first sends go on

        set("redelivery", false).is(204);

        assertThat(redeliver().path("sent").asInt()).isOne();
        assertThat(health()).isEqualTo("UP");
        route.ack(first).is(200);
        assertThat(service.jdbc().sql("""
                                SELECT concat_ws(' ', actor, act, reason)
                                  FROM audit
                                 WHERE subject = 'redelivery' AND outcome = 'DONE'
                                 ORDER BY id
                                """).query(String.class).list())
                .containsExactly("ada PAUSE maintenance", "ada RESUME maintenance");
    }

    @Test
    void whileCheckBacksArePausedNobodyIsAsked() {
        service.as(Key.PRODUCER)
                .put(
                        "/application",
                        Map.of(
                                "checkUrl", "http://127.0.0.1:9/",
                                "checkSecret", "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="))
                .is(200);
        service.newRoute().pending();
        service.jdbc()
                .sql("UPDATE message SET check_due_at = now() WHERE check_due_at IS NOT NULL")
                .update();

        set("checkback", true).is(204);
        assertThat(lease()).isEmpty();

        set("checkback", false).is(204);
        assertThat(lease()).hasSize(1);
    }

    @Test
    void aWorkerIsNamedAndAReasonGiven() {
        set("gardening", true).is(NOT_FOUND);
        put("redelivery", Map.of("paused", true)).is(INVALID_REQUEST);
        put("redelivery", Map.of("reason", "maintenance")).is(INVALID_REQUEST);
    }

    private static Answer set(String worker, boolean isPaused) {
        return put(worker, Map.of("paused", isPaused, "reason", "maintenance"));
    }

    private static Answer put(String worker, Map<String, ?> body) {
        return service.as(Key.CONSOLE)
                .call("PUT", "/admin/workers/" + worker, body, "RM-Actor", "ada", "RM-Roles", "lead");
    }

    private static JsonNode redeliver() {
        return service.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of())
                .is(200)
                .body();
    }

    private static JsonNode lease() {
        return service.as(Key.WORKER)
                .post("/jobs/checkbacks/lease", Map.of())
                .is(200)
                .body()
                .path("requests");
    }

    private static String health() {
        return service.asNobody().get("/actuator/health/workers").text("status");
    }
}
