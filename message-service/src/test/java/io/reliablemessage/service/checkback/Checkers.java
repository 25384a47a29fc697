package io.reliablemessage.service.checkback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.webhook.Signature;
import io.reliablemessage.webhook.WebhookSecrets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Shared by these tests: a service that may call loopback, and a status checker's calls. */
record Checkers(Service service) {

    static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdefghijklmnopqrstuv".getBytes(UTF_8));
    static final String URL = "http://127.0.0.1:9/checkbacks";

    private static final Shared SHARED = new Shared();

    static synchronized Checkers shared() {
        return SHARED.get();
    }

    /** Registers the check URLs of shop and rival, with nothing due. */
    static Checkers start(Map<String, ?> more) {
        var settings = new LinkedHashMap<String, Object>(settings());
        settings.putAll(more);
        var checkers = new Checkers(Service.start(settings));
        checkers.register(Key.PRODUCER);
        checkers.register(Key.OTHER_PRODUCER);
        return checkers;
    }

    static Map<String, Object> settings() {
        return Map.of(
                "message-service.registry.secret-keys[0].id", "one",
                "message-service.registry.secret-keys[0].value",
                        Base64.getEncoder().encodeToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".getBytes(UTF_8)),
                "message-service.registry.allowed-addresses[0]", "127.0.0.1");
    }

    void register(Key key) {
        service.as(key)
                .put("/application", Map.of("checkUrl", URL, "checkSecret", SECRET))
                .is(200);
    }

    /** Settles what other tests left undecided, which would become due while these tests count. */
    Checkers quiet() {
        update("UPDATE message SET check_due_at = now() + interval '1 year' WHERE check_due_at IS NOT NULL");
        update("UPDATE application SET check_failures = 0, check_rests_until = NULL");
        update("DELETE FROM checkback_lease");
        return this;
    }

    void update(String sql) {
        service.jdbc().sql(sql).update();
    }

    /** A half message that its producer should have decided a second ago. */
    String overdue(MessageFlow route) {
        return due(route.pending());
    }

    List<String> overdue(MessageFlow route, int count) {
        var ids = IntStream.range(0, count).mapToObj(i -> route.pending()).toList();
        ids.forEach(this::due);
        return ids;
    }

    String due(String id) {
        service.jdbc()
                .sql(
                        "UPDATE message SET check_due_at = now() - interval '1 s' WHERE id = :id::uuid AND check_due_at IS NOT NULL")
                .param("id", id)
                .update();
        return id;
    }

    /** Time passes until the lease is over: its messages are due again. */
    void pass(JsonNode lease) {
        service.jdbc()
                .sql("UPDATE checkback_lease SET expires_at = now() WHERE id = :id::uuid")
                .param("id", lease.path("lease").asString())
                .update();
        ids(lease).forEach(this::due);
    }

    List<JsonNode> lease(int limit) {
        return service.as(Key.WORKER)
                .post("/jobs/checkbacks/lease", Map.of("limit", limit))
                .is(200)
                .body()
                .path("requests")
                .valueStream()
                .toList();
    }

    JsonNode leaseOne() {
        var leases = lease(200);
        org.assertj.core.api.Assertions.assertThat(leases).hasSize(1);
        return leases.getFirst();
    }

    static List<JsonNode> messages(JsonNode lease) {
        var mapper = new tools.jackson.databind.json.JsonMapper();
        return mapper.readTree(lease.path("body").asString())
                .path("messages")
                .valueStream()
                .toList();
    }

    static List<String> ids(JsonNode lease) {
        return messages(lease).stream()
                .map(asked -> asked.path("id").asString())
                .toList();
    }

    /** As the producer signs it. */
    Answer answer(JsonNode lease, int status, String body) {
        return answer(lease, status, body, signature(lease, SECRET, body).headers());
    }

    Answer answer(JsonNode lease, int status, String body, Map<String, String> signature) {
        return report(Map.of(
                "lease",
                lease.path("lease").asString(),
                "status",
                status,
                "signature",
                signature,
                "body",
                Base64.getEncoder().encodeToString(body.getBytes(UTF_8))));
    }

    static Signature signature(JsonNode lease, String secret, String body) {
        return Signature.of(
                List.of(WebhookSecrets.decoded("secret", secret)),
                lease.at("/headers/webhook-id").asString(),
                lease.at("/headers/webhook-timestamp").asLong(),
                body.getBytes(UTF_8));
    }

    Answer answer(JsonNode lease, String decision, String... ids) {
        return answer(lease, 200, decisions(decision, ids));
    }

    Answer answerAll(JsonNode lease, String decision) {
        return answer(lease, decision, ids(lease).toArray(String[]::new));
    }

    Answer fail(JsonNode lease, String failure) {
        return report(Map.of("lease", lease.path("lease").asString(), "failure", failure));
    }

    private Answer report(Map<String, ?> report) {
        return service.as(Key.WORKER).post("/jobs/checkbacks/report", report).is(200);
    }

    static String decisions(String decision, String... ids) {
        return Arrays.stream(ids)
                .map(id -> "{\"id\":\"%s\",\"decision\":\"%s\"}".formatted(id, decision))
                .collect(joining(",", "{\"decisions\":[", "]}"));
    }

    List<String> events(String id) {
        return service.jdbc()
                .sql("SELECT detail FROM event WHERE message_id = :id::uuid AND kind = 'CHECKED_BACK' ORDER BY at")
                .param("id", id)
                .query(String.class)
                .list();
    }

    /** Seconds until the next check-back. */
    double wait(String id) {
        return service.jdbc()
                .sql("SELECT extract(EPOCH FROM check_due_at - now()) FROM message WHERE id = :id::uuid")
                .param("id", id)
                .query(Double.class)
                .single();
    }

    private static final class Shared {
        private @org.jspecify.annotations.Nullable Checkers checkers;

        Checkers get() {
            if (checkers == null) {
                checkers = start(Map.of());
            }
            return checkers;
        }
    }
}
