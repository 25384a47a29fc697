package io.reliablemessage.quickstart.console;

import static org.awaitility.Awaitility.await;

import io.reliablemessage.quickstart.launch.QuickstartJvm;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trouble, made on purpose: messages that die, that are refused, that nobody decides, all with names that
 * try to be markup.
 */
public final class TestEnvironment {

    static final String HOSTILE = "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final QuickstartJvm quickstart;
    private final URI service;
    private final URI shop;
    private final Map<String, String> keys = new LinkedHashMap<>();

    public TestEnvironment(QuickstartJvm quickstart, Path data) throws Exception {
        this.quickstart = quickstart;
        service = quickstart.address("message-service");
        shop = quickstart.address("shop");
        for (var line : Files.readAllLines(data.resolve("keys.env"))) {
            var parts = line.split("=", 2);
            if (parts.length == 2) {
                keys.put(parts[0], parts[1]);
            }
        }
    }

    String password() {
        return keys.getOrDefault("CONSOLE_PASSWORD", "");
    }

    /** Orders that the points service takes from its queue and does not acknowledge, until they are given up. */
    void dieAtPoints(String... orders) throws Exception {
        giveUpSoon("points");
        shop("PUT", "/points/outage", "");
        place(orders);
        awaitDead(orders);
        shop("DELETE", "/points/outage", "");
        asItWas("points");
    }

    /** Orders that the stock service fails on, until they are given up; then it is mended. */
    void dieAtStock(String... orders) throws Exception {
        giveUpSoon("stock");
        for (var order : orders) {
            shop("PUT", "/stock/defects/" + order, "");
        }
        place(orders);
        awaitDead(orders);
        for (var order : orders) {
            shop("DELETE", "/stock/defects/" + order, "");
        }
        asItWas("stock");
    }

    private void giveUpSoon(String subscription) throws Exception {
        call("PUT", "/admin/subscriptions/%s/override".formatted(subscription), "ADMIN_KEY", """
                {"schedule": ["PT0.1S"], "maxAttempts": 2, "reason": "so that it dies soon"}""");
    }

    private void asItWas(String subscription) throws Exception {
        call(
                "PUT",
                "/admin/subscriptions/%s/override".formatted(subscription),
                "ADMIN_KEY",
                "{\"reason\": \"as it was\"}");
    }

    private void place(String... orders) throws Exception {
        for (var order : orders) {
            shop("POST", "/orders", """
                    {"number": "%s", "customer": "ann", "amount": 100, "points": 10}""".formatted(order));
        }
    }

    private void awaitDead(String... orders) {
        for (var order : orders) {
            await(order).atMost(LIMIT).until(() -> state(order).equals("DEAD"));
        }
    }

    /** Refused by its consumer, with markup wherever a stranger may write. */
    void isRefused(String topic, String subscription, String key) throws Exception {
        var body = Map.of(
                "topic", topic, "key", key, "payload", Map.of(HOSTILE, HOSTILE), "headers", Map.of("x", HOSTILE));
        refuse(sent(topic, subscription, body), subscription);
    }

    /** Refused by its consumer, with a reason as a business gives it. */
    void isRejected(String topic, String subscription, String key, String code, String reason) throws Exception {
        var body = Map.of("topic", topic, "key", key, "payload", Map.of("number", key));
        reject(sent(topic, subscription, body), subscription, code, reason);
    }

    private String sent(String topic, String subscription, Map<String, Object> body) throws Exception {
        call("PUT", "/topics/" + topic, "PRODUCER_KEY", "{\"consumers\": [\"stock\"]}");
        call("PUT", "/subscriptions/" + subscription, "STOCK_KEY", """
                {"topic": "%s", "kind": "QUEUE"}""".formatted(topic));
        return call("POST", "/messages", "PRODUCER_KEY", json.writeValueAsString(body))
                .path("id")
                .asString();
    }

    /** Its consumer refuses a message once more. */
    void isRefusedAgain(String subscription, String key) throws Exception {
        refuse(id(key), subscription);
    }

    private void refuse(String id, String subscription) throws Exception {
        reject(id, subscription, "CLOSED", HOSTILE);
    }

    private void reject(String id, String subscription, String code, String reason) throws Exception {
        var refusal = Map.of("subscription", subscription, "code", code, "reason", reason);
        call("POST", "/messages/" + id + "/reject", "STOCK_KEY", json.writeValueAsString(refusal));
    }

    /** Prepared, and never decided: the shop knows no such order and says that it does not know. */
    void isInDoubt(String key) throws Exception {
        var body = Map.of("topic", "order.placed", "key", key, "payload", Map.of("number", key), "checkAfter", "PT1S");
        call("POST", "/messages/prepare", "PRODUCER_KEY", json.writeValueAsString(body));
        await(key).atMost(LIMIT).until(() -> find(key).path("suspect").asBoolean());
    }

    /** Somebody wrote a note, and gave a reason, that try to be markup. Gives the operation's id. */
    String isDiscarded(String subscription, int count) throws Exception {
        var causes = call("GET", "/admin/causes?subscription=" + subscription, "OPERATOR_KEY", "");
        var cause = causes.path("items").path(0).path("id").asString();
        var note = json.writeValueAsString(Map.of("text", HOSTILE));
        call("PUT", "/admin/causes/" + cause + "/note", "OPERATOR_KEY", note);
        var id = UUID.randomUUID().toString();
        var filter = Map.of("state", "REJECTED", "subscription", subscription);
        var preview = json.writeValueAsString(Map.of("action", "DISCARD", "filter", filter));
        var fingerprint = call("POST", "/admin/operations/preview", "ADMIN_KEY", preview)
                .path("fingerprint")
                .asString();
        var operation = Map.of(
                "id",
                id,
                "action",
                "DISCARD",
                "filter",
                filter,
                "expected",
                count,
                "fingerprint",
                fingerprint,
                "reason",
                HOSTILE);
        call("POST", "/admin/operations", "ADMIN_KEY", json.writeValueAsString(operation));
        await("discarded")
                .atMost(LIMIT)
                .until(() -> call("GET", "/admin/operations/" + id, "OPERATOR_KEY", "")
                        .path("state")
                        .asString()
                        .equals("FINISHED"));
        return id;
    }

    String id(String key) throws Exception {
        return find(key).path("id").asString();
    }

    String state(String key) throws Exception {
        return find(key).path("state").asString("");
    }

    /** What the four applications tell Prometheus. */
    public List<NamedSeries.Series> exported() throws Exception {
        var exported = new ArrayList<NamedSeries.Series>();
        for (var application : List.of("message-service", "status-checker", "recovery-job", "message-admin-ui")) {
            var request = HttpRequest.newBuilder(quickstart.address(application).resolve("/actuator/prometheus"))
                    .header("Authorization", "Bearer " + keys.get("WORKER_KEY"))
                    .build();
            exported.addAll(NamedSeries.Series.of(
                            http.send(request, BodyHandlers.ofString()).body())
                    .toList());
        }
        return exported;
    }

    private JsonNode find(String key) throws Exception {
        var query = URLEncoder.encode(key, StandardCharsets.UTF_8);
        return call("GET", "/admin/messages?key=" + query, "OPERATOR_KEY", "")
                .path("items")
                .path(0);
    }

    private JsonNode call(String method, String path, String key, String body) throws Exception {
        return send(service.resolve(path), method, body, keys.getOrDefault(key, ""));
    }

    private void shop(String method, String path, String body) throws Exception {
        send(shop.resolve(path), method, body, "");
    }

    private JsonNode send(URI uri, String method, String body, String key) throws Exception {
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .method(method, BodyPublishers.ofString(body));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + uri + ": " + answer.statusCode() + " " + answer.body());
        }
        return json.readTree(answer.body().isBlank() ? "{}" : answer.body());
    }
}
