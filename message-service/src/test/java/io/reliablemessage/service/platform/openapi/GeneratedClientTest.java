package io.reliablemessage.service.platform.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client generated from the description compiles, and reads each answer of a running service without a loss. */
@Tag("faults")
class GeneratedClientTest {

    private static final Map<String, String> REASON = Map.of("reason", "the consumer is mended");
    private static final String TOPIC = "generated.topic";
    private static final String SUBSCRIPTION = "generated.subscription";
    private static final String BURY = """
        UPDATE delivery
           SET state = 'DEAD', last_error = 'forced', due_at = NULL, finished_at = now()
         WHERE message_id = :id::uuid
        """;

    private static Service service;
    private static OpenAPI api;
    private static GeneratedClient client;

    private final Set<String> read = new HashSet<>();

    @BeforeAll
    static void generate(@TempDir Path folder) throws Exception {
        service = Service.start(Map.of(
                "message-service.registry.secret-keys[0].id",
                "one",
                "message-service.registry.secret-keys[0].value",
                Base64.getEncoder().encodeToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".getBytes(UTF_8)),
                "message-service.registry.allowed-addresses[0]",
                "127.0.0.1"));
        var description =
                service.asNobody().get("/v3/api-docs.yaml").is(200).body().asString();
        api = ApiDescription.parse(description);
        client = GeneratedClient.of(description, folder);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void readsEveryAnswer() throws Exception {
        registers();
        storesAndDecides();
        acknowledges();
        checksBack();
        administers();
        operates();

        assertThat(read).containsAll(operationsWithAnAnswer());
    }

    private void registers() throws Exception {
        call("registerTopic", Map.of("consumers", List.of("points"), "checkAfter", "PT90S"), TOPIC);
        call("registerSubscription", Map.of("topic", TOPIC, "schedule", List.of("PT30S", "PT1M")), SUBSCRIPTION);
        call(
                "registerApplication",
                Map.of(
                        "checkUrl",
                        "http://127.0.0.1:1/checkbacks",
                        "checkSecret",
                        "whsec_x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF+gH/iJkLmNo="));
    }

    private void storesAndDecides() throws Exception {
        var message = message(MessageFlow.newId());
        call("prepare", message);
        call("prepare", message);
        call("prepare", List.of(message, Map.of("topic", "nowhere", "key", "k", "payload", 1)));
        call("send", message(MessageFlow.newId()));
        call("send", List.of(message(MessageFlow.newId()), Map.of("topic", TOPIC)));
        call("confirm", null, pending());
        call("confirmNamed", Map.of("id", pending()));
        call("confirmNamed", List.of(Map.of("id", pending()), Map.of("id", MessageFlow.newId())));
        call("cancel", null, pending());
        call("cancelNamed", List.of(Map.of("id", pending()), Map.of("id", MessageFlow.newId())));
    }

    private void acknowledges() throws Exception {
        var reject = Map.of("code", "CLOSED", "reason", "the account is closed");
        call("ack", Map.of("subscription", SUBSCRIPTION), sent());
        call("ackNamed", List.of(Map.of("id", sent()), Map.of("id", MessageFlow.newId())));
        call("ackNamed", Map.of("id", sent()));
        var rejected = sent();
        call("reject", reject, rejected);
        call("rejectNamed", List.of(Map.of("id", sent(), "code", "CLOSED"), Map.of("id", sent())));
        call("getMessage", null, rejected);
        call("getTimeline", null, rejected);
        call("lookAtMessage", null, rejected);
        call("lookAtTimeline", null, rejected);
        call("lookAtContent", null, rejected);
    }

    private void checksBack() throws Exception {
        var overdue = pending();
        call("wantCheckback", REASON, overdue);
        update("UPDATE message SET check_due_at = now() - interval '1 s' WHERE id = :id::uuid", overdue);
        var leases = call("leaseCheckbacks", Map.of("limit", 20));
        call("reportCheckback", Map.of("lease", leases.at("/requests/0/lease").asText(), "failure", "UNREACHABLE"));
        call("wantCheckbacks", REASON, Key.EVERYTHING.application());
        update("UPDATE message SET decision_due_at = now() - interval '1 h' WHERE id = :id::uuid", overdue);
        call("search", null, "?suspect=true");
        call("decide", Map.of("decision", "CANCEL", "reason", "it was never stored"), overdue);
    }

    private void administers() throws Exception {
        var dead = dead();
        call("search", null, "?state=DEAD");
        call("count", null, "?state=DEAD");
        call("listCauses", null, "?window=PT1H");
        call("causeTrend", null, "?window=PT1H");
        call("resend", REASON, dead);
        call("discard", REASON, dead());
        call("listApplications", null);
        call("makeKey", Map.of("roles", List.of("producer"), "reason", "rotation"), Key.EVERYTHING.application());
        call("listTopics", null);
        service.as(Key.EVERYTHING)
                .put(
                        "/admin/subscriptions/" + SUBSCRIPTION + "/override",
                        Map.of("schedule", List.of("PT5M"), "reason", "slow today"))
                .is(204);
        call("listSubscriptions", null);
        call("overview", null);
        call("rates", null, "?window=PT1H");
        call("redeliver", Map.of("limit", 10));
        call("audit", null);
        call("beginEpoch", Map.of("restoredTo", "2026-01-01T00:00:00Z", "reason", "restored"));
        call("getLedger", null, "?since=1");
    }

    private void operates() throws Exception {
        var first = dead();
        dead();
        var filter = Map.of("state", "DEAD", "topic", TOPIC);
        var matched = call("previewOperation", Map.of("action", "RESEND", "filter", filter))
                .path("matched")
                .asInt();
        var operation = call(
                        "startOperation",
                        Map.of("action", "RESEND", "filter", filter, "expected", matched, "reason", "x"))
                .path("id")
                .asText();
        call("lookAtOperation", null, operation);
        call("setOperationRate", Map.of("ratePerSecond", 100, "reason", "x"), operation);
        call("pauseOperation", REASON, operation);
        call("resumeOperation", REASON, operation);
        carriesOutUntil("FINISHED", operation);
        update(BURY, first);
        await().untilAsserted(() -> {
            call("operate", Map.of("limit", 500));
            var again = call("retryOperation", REASON, operation).path("id").asText();
            call("cancelOperation", REASON, again);
        });
        call("listOperationItems", null, operation);
        call("listOperations", null);
    }

    private void carriesOutUntil(String state, String operation) {
        await().untilAsserted(() -> {
            call("operate", Map.of("limit", 500));
            assertThat(call("lookAtOperation", null, operation).path("state").asText())
                    .isEqualTo(state);
        });
    }

    /** Calls the operation, and reads its answer as the generated client does. */
    private JsonNode call(String operation, @Nullable Object body, String... inPath) throws Exception {
        var answer = send(operation, body, inPath);
        assertThat(answer.status()).as("%s: %s", operation, answer.body()).isBetween(200, 299);
        var schema = schema(operation, answer.status());
        var json = client.mapper().readTree(answer.body().toString());
        for (var item : json.isArray() ? json : List.of(json)) {
            reads(operation, item, item.has("problem") ? "ItemProblem" : schema);
        }
        read.add(operation);
        return json;
    }

    private static void reads(String operation, JsonNode json, String schema) throws Exception {
        var mapper = client.mapper();

        var value = mapper.readValue(json.toString(), client.model(schema));

        assertThat(comparable(mapper.readTree(mapper.writeValueAsString(value))))
                .as("%s of %s", schema, operation)
                .isEqualTo(comparable(json));
    }

    private static Answer send(String operation, @Nullable Object body, String... inPath) {
        var call = operation(operation);
        var path = call.path();
        for (var part : inPath) {
            path = part.startsWith("?") ? path + part : path.replaceFirst("\\{\\w+}", part);
        }
        var caller = service.as(Key.EVERYTHING);
        if (body != null) {
            return caller.call(call.method(), path, body);
        }
        return call.method().equals("GET") ? caller.get(path) : caller.post(path);
    }

    private record Call(String method, String path, Operation operation) {}

    private static Stream<Call> calls() {
        return api.getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(method -> new Call(method.getKey().name(), path.getKey(), method.getValue())));
    }

    private static Call operation(String id) {
        return calls().filter(call -> call.operation().getOperationId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> operationsWithAnAnswer() {
        return calls().map(Call::operation)
                .filter(operation -> !operation.getResponses().containsKey("204"))
                .map(Operation::getOperationId)
                .toList();
    }

    /** Of one, or of each of many. */
    private static String schema(String operation, int status) {
        var answer =
                requireNonNull(operation(operation).operation().getResponses().get(String.valueOf(status)));
        Schema<?> schema =
                requireNonNull(answer.getContent().get("application/json")).getSchema();
        Schema<?> one = schema.getOneOf() == null ? schema : schema.getOneOf().getFirst();
        return one.get$ref().substring("#/components/schemas/".length());
    }

    /** Without nulls; times and numbers by their value. */
    private static JsonNode comparable(JsonNode json) {
        if (json.isObject()) {
            var members = JsonNodeFactory.instance.objectNode();
            json.properties().stream()
                    .filter(member -> !member.getValue().isNull())
                    .forEach(member -> members.set(member.getKey(), comparable(member.getValue())));
            return members;
        }
        if (json.isArray()) {
            var items = JsonNodeFactory.instance.arrayNode();
            json.forEach(item -> items.add(comparable(item)));
            return items;
        }
        return JsonNodeFactory.instance.textNode(
                json.isNumber() ? json.decimalValue().stripTrailingZeros().toPlainString() : time(json.asText()));
    }

    private static String time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException noTime) {
            return text;
        }
    }

    private static Map<String, Object> message(String id) {
        return Map.of("id", id, "topic", TOPIC, "key", "A-1", "payload", Map.of("points", 10));
    }

    private static String pending() {
        var id = MessageFlow.newId();
        send("prepare", message(id)).is(201);
        return id;
    }

    private static String sent() {
        var id = MessageFlow.newId();
        send("send", message(id)).is(201);
        return id;
    }

    private static String dead() {
        var id = sent();
        update(BURY, id);
        return id;
    }

    private static void update(String sql, String id) {
        service.jdbc().sql(sql).param("id", id).update();
    }
}
