package io.reliablemessage.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see and do of causes, subscriptions and keys, as it reaches the service. */
class ActsTest {

    private static final String CAUSE = "7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f";
    private static StubService service;
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        service = new StubService();
        console = RunningConsole.start(service);
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @Test
    void aCauseLeadsToItsMessages() throws Exception {
        service.answers("GET /admin/causes", 200, """
                {"bucket": "PT1H", "items": [{"id": "%s", "kind": "NO_ACK", "state": "DEAD", "topic": "order.placed",
                 "subscription": "points", "fingerprint": "no ack after # attempts", "sample": "<b>no ack</b>", "count": 3,
                 "resentBefore": 1, "firstAt": "2026-11-21T10:00:00Z", "lastAt": "2026-11-21T10:00:00Z", "trend": [0, 2, 1],
                 "note": {"text": "<script>", "actor": "ada", "at": "2026-11-21T10:00:00Z"}}]}
                """.formatted(CAUSE));

        var page = console.as("lead").get("/causes").body();

        assertThat(page)
                .contains("/messages?cause=%s&amp;subscription=points&amp;state=DEAD&amp;window=all".formatted(CAUSE))
                .contains("&lt;script&gt;")
                .doesNotContain("<b>no ack", "<script>");
    }

    @Test
    void waitsAreReadAsPeopleWriteThem() throws Exception {
        var browser = console.as("lead");
        service.answers("GET /admin/subscriptions", 200, "{\"items\": []}");
        service.answers("PUT /admin/subscriptions/points/override", 204, "");

        browser.submit(
                "/messages",
                "/subscriptions/points/override",
                Map.of("schedule", "30s, 5m 1h 1d", "maxAttempts", "3", "reason", "slow today"));
        assertThat(browser.get("/subscriptions?name=points").body()).contains("In force.");
        browser.submit(
                "/messages", "/subscriptions/points/override", Map.of("schedule", "soon", "reason", "unreadable"));

        assertThat(service.calls())
                .anyMatch(call ->
                        call.body().contains("\"schedule\":[\"PT30S\",\"PT5M\",\"PT1H\",\"PT24H\"],\"maxAttempts\":3"));
        assertThat(service.calls()).noneMatch(call -> call.body().contains("unreadable"));
        assertThat(browser.get("/subscriptions?name=points").body()).contains("cannot be read");
    }

    @Test
    void aNewKeyIsShownOnce() throws Exception {
        var browser = console.as("admin");
        service.answers("GET /admin/applications", 200, "{\"items\": []}");
        service.answers("POST /admin/applications/shop/keys", 201, """
                {"application": "shop", "key": "rmk_shown-once", "prefix": "rmk_sh", "roles": ["PRODUCER"]}
                """);

        browser.submit("/messages", "/applications/shop/keys", Map.of("roles", "producer", "reason", "new shop"));

        assertThat(browser.get("/applications").body()).contains("rmk_shown-once");
        assertThat(browser.get("/applications").body()).doesNotContain("rmk_shown-once");
    }

    @Test
    void theOverviewSaysInWordsHowThingsStand() throws Exception {
        service.answers("GET /admin/rates", 200, "{\"bucket\": \"PT1M\", \"points\": []}");

        assertThat(overview(0, 0, true)).contains("Healthy");
        assertThat(overview(0, 1, true)).contains("One message is in doubt");
        assertThat(overview(2, 1, true)).contains("2 causes are killing messages", "One message is in doubt");
        assertThat(overview(1, 0, false)).contains("Down: Broker", "One cause is killing messages", "no confirm");
    }

    private static String overview(int causes, int suspects, boolean isBrokerUp) throws Exception {
        service.answers("GET /admin/overview", 200, """
                {"states": [{"state": "SENDING", "count": 10000, "capped": true, "perMinute": 1.5}], "causes": %d, "suspects": %d,
                 "parts": [{"name": "broker", "up": %b, "detail": "no confirm"}]}
                """.formatted(causes, suspects, isBrokerUp));
        return console.as("viewer").get("/").body();
    }
}
