package io.reliablemessage.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.DeadDeliveries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Runs bulk operations as operators do, and compares each number of an operation with its list. */
public record OperatorClient(Service service, MessageFlow route) {

    public static final String REASON = "the consumer is mended";

    /** Dead deliveries to the route's subscription, oldest first. */
    public List<String> dead(int count) {
        var ids = service.jdbc()
                .sql(DeadDeliveries.SENT_IN_VAIN)
                .param("topic", route.topic())
                .param("subscription", route.subscription())
                .param("count", count)
                .query(UUID.class)
                .list();
        service.jdbc()
                .sql(DeadDeliveries.BURY)
                .param("ids", ids.toArray(UUID[]::new))
                .param("subscription", route.subscription())
                .update();
        return ids.stream().map(UUID::toString).sorted().toList();
    }

    Map<String, Object> filter() {
        return Map.of("topic", route.topic());
    }

    public Map<String, Object> request(String action, int expected, Map<String, ?> more) {
        var request = new HashMap<String, Object>(more);
        request.put("action", action);
        request.put("filter", filter());
        request.put("expected", expected);
        request.putIfAbsent("reason", REASON);
        if (action.equals("DISCARD")) {
            request.put("fingerprint", preview(action).text("fingerprint"));
        }
        return request;
    }

    public Answer preview(String action) {
        return as("operator", "POST", "/admin/operations/preview", Map.of("action", action, "filter", filter()))
                .is(200);
    }

    public Answer resend(int expected, Map<String, ?> more) {
        return as("operator", "POST", "/admin/operations", request("RESEND", expected, more));
    }

    public String started(int expected, Map<String, ?> more) {
        return as("lead", "POST", "/admin/operations", request("RESEND", expected, more))
                .is(201)
                .id();
    }

    public Answer command(String id, String what) {
        return command(id, what, Map.of("reason", REASON));
    }

    public Answer command(String id, String what, Map<String, ?> body) {
        var method = what.equals("rate") ? "PUT" : "POST";
        return as("operator", method, "/admin/operations/%s/%s".formatted(id, what), body);
    }

    public Answer as(String roles, String method, String path, Object body) {
        return service.as(Key.CONSOLE).call(method, path, body, "RM-Actor", "ada", "RM-Roles", roles);
    }

    public JsonNode work() {
        return workedBy(service, 5000);
    }

    public static JsonNode workedBy(Service replica, int limit) {
        return replica.as(Key.WORKER)
                .post("/jobs/operations", Map.of("limit", limit))
                .is(200)
                .body();
    }

    public Answer act(String id, String act) {
        return as("lead", "POST", "/admin/messages/%s/%s".formatted(id, act), Map.of("reason", "one by one"));
    }

    public JsonNode operation(String id) {
        return service.as(Key.NOTHING).get("/admin/operations/" + id).is(200).body();
    }

    public int number(String id, String member) {
        return operation(id).path(member).asInt();
    }

    public String state(String id) {
        return operation(id).path("state").asString();
    }

    public List<JsonNode> items(String id, String query) {
        var all = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = service.as(Key.NOTHING)
                    .get("/admin/operations/%s/items?limit=200%s%s".formatted(id, query, cursor))
                    .is(200);
            StreamSupport.stream(page.body().path("items").spliterator(), false).forEach(all::add);
            cursor = page.body().has("next") ? "&cursor=" + page.text("next") : "";
        } while (!cursor.isEmpty());
        return all;
    }

    public List<String> ids(String operation, OperationOutcome outcome) {
        return items(operation, "&outcome=" + outcome).stream()
                .map(item -> item.path("messageId").asString())
                .toList();
    }

    /** Each number of an operation has as many items, and they add up; once it is over, to what matched. */
    public void addsUp(String id) {
        var operation = operation(id);
        for (var outcome : OperationOutcome.values()) {
            var member = outcome.name().toLowerCase(java.util.Locale.ROOT);
            var number = outcome == OperationOutcome.WAITING
                    ? operation.path("matched").asInt() - operation.path("done").asInt()
                    : operation.path(member).asInt();
            assertThat(ids(id, outcome)).as("%s of %s", outcome, operation).hasSize(number);
        }
        assertThat(items(id, "")).hasSize(operation.path("matched").asInt()).doesNotHaveDuplicates();
        assertThat(IntStream.of(
                                operation.path("resent").asInt(),
                                operation.path("discarded").asInt(),
                                operation.path("skipped").asInt(),
                                operation.path("failed").asInt())
                        .sum())
                .isEqualTo(
                        operation.path(isOver(operation) ? "matched" : "done").asInt());
    }

    private static boolean isOver(JsonNode operation) {
        return List.of("FINISHED", "CANCELLED").contains(operation.path("state").asString());
    }

    public Map<String, String> skipped(String id) {
        var skipped = new HashMap<String, String>();
        items(id, "&outcome=SKIPPED")
                .forEach(item -> skipped.put(
                        item.path("messageId").asString(), item.path("reason").asString()));
        return skipped;
    }

    public String deliveryOf(String id) {
        return service.jdbc()
                .sql("SELECT state FROM delivery WHERE message_id = :id::uuid AND subscription = :subscription")
                .param("id", id)
                .param("subscription", route.subscription())
                .query(String.class)
                .single();
    }
}
