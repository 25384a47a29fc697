package io.reliablemessage.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators do on many messages, on subscriptions and on keys, as it reaches the service. */
class ActionsTest {

    private static final String ID = "01a20060-10fc-76b5-8149-1366a471eb19";
    private static final String CAUSE = "7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f";
    private static final String OPERATION = """
            {"id": "%s", "action": "RESEND", "filter": {"state": "DEAD"}, "runAgain": false, "state": "RUNNING", "matched": 1200,
             "done": 700, "resent": 650, "sent": 640, "consumed": 600, "dead": 3, "rejected": 2, "discarded": 0, "skipped": 40,
             "failed": 10, "canary": 5, "reason": "mended", "actor": "ada", "startedAt": "2026-11-21T10:00:00Z"}
            """.formatted(ID);

    private static StubService service;
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        service = new StubService();
        console = RunningConsole.start(service);
        service.answers("POST /admin/operations/preview", 200, """
                        {"matched": 1200, "messages": 1150, "capped": false, "eligible": 1100, "sample": [], "byTopic": [], "bySubscription": [], "fingerprint": "f",
                         "notEligible": [{"reason": "CONSUMED", "count": 60}, {"reason": "DEDUPE_WINDOW", "count": 40}]}
                        """)
                .answers("POST /admin/operations", 201, OPERATION)
                .answers("GET /admin/operations/" + ID, 200, OPERATION)
                .answers("GET /admin/operations/" + ID + "/items", 200, "{\"items\": []}");
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @Test
    void aPreviewSaysWhatIsLeftOutAndWhy() throws Exception {
        var page = console.as("lead")
                .get("/operations/new?action=RESEND&state=DEAD&subscription=points&window=all")
                .body();

        assertThat(page)
                .contains(
                        "1\u202f200",
                        "deliveries of 1\u202f150 messages match",
                        "1\u202f100",
                        "consumed",
                        "might apply them twice",
                        "runAgain=true");
    }

    @Test
    void whoeverActsOnMoreThanAThousandTypesTheNumber() throws Exception {
        var browser = console.as("lead");
        var plan = Map.of(
                "id",
                ID,
                "action",
                "RESEND",
                "expected",
                "1200",
                "subscription",
                "points",
                "state",
                "DEAD",
                "window",
                "all");

        browser.submit("/operations", "/operations", with(plan, Map.of("reason", "not typed", "typed", "12")));
        assertThat(service.calls()).noneMatch(call -> call.body().contains("not typed"));

        var started = browser.submit(
                "/operations", "/operations", with(plan, Map.of("reason", "typed it", "typed", "1 200")));
        assertThat(started.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/operations/" + ID));
        assertThat(service.calls().stream()
                        .filter(call -> call.body().contains("typed it"))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .contains("\"expected\":1200", "\"subscription\":\"points\"", "\"state\":\"DEAD\"");
    }

    @Test
    void anOperationShowsBothTruthsAndEachNumberLeadsToItsList() throws Exception {
        var page = console.as("viewer").get("/operations/" + ID).body();

        assertThat(page)
                .contains("640 / 1\u202f200", "600 / 1\u202f200", "outcome=SKIPPED", "outcome=FAILED")
                .doesNotContain("/cancel\"");
    }

    @Test
    void aCauseIsActedUponAsItIsShown() throws Exception {
        service.answers("GET /admin/causes", 200, """
                {"bucket": "PT1H", "items": [{"id": "%s", "kind": "NO_ACK", "state": "DEAD", "topic": "order.placed",
                 "subscription": "points", "fingerprint": "no ack after # attempts", "sample": "<b>no ack</b>", "count": 3,
                 "resentBefore": 1, "firstAt": "2026-11-21T10:00:00Z", "lastAt": "2026-11-21T10:00:00Z", "trend": [0, 2, 1],
                 "note": {"text": "<script>", "actor": "ada", "at": "2026-11-21T10:00:00Z"}}]}
                """.formatted(CAUSE));

        var page = console.as("lead").get("/causes").body();

        assertThat(page)
                .contains(
                        "/operations/new?cause=%s&amp;subscription=points&amp;state=DEAD&amp;window=all&amp;action=RESEND"
                                .formatted(CAUSE))
                .contains("&lt;script&gt;")
                .doesNotContain("<b>no ack", "<script>");
    }

    @Test
    void waitsAreReadAsPeopleWriteThem() throws Exception {
        var browser = console.as("lead");
        service.answers("GET /admin/subscriptions", 200, "{\"items\": []}");
        service.answers("PUT /admin/subscriptions/points/override", 204, "");

        browser.submit(
                "/operations",
                "/subscriptions/points/override",
                Map.of("schedule", "30s, 5m 1h 1d", "maxAttempts", "3", "reason", "slow today"));
        assertThat(browser.get("/subscriptions?name=points").body()).contains("In force.");
        browser.submit(
                "/operations", "/subscriptions/points/override", Map.of("schedule", "soon", "reason", "unreadable"));

        assertThat(service.calls())
                .anyMatch(call ->
                        call.body().contains("\"schedule\":[\"PT30S\",\"PT5M\",\"PT1H\",\"PT24H\"],\"maxAttempts\":3"));
        assertThat(service.calls()).noneMatch(call -> call.body().contains("unreadable"));
        assertThat(browser.get("/subscriptions?name=points").body()).contains("cannot be read");
    }

    @Test
    void anApplicationIsAskedAtOnce() throws Exception {
        var browser = console.as("operator");
        service.answers("GET /admin/applications", 200, """
                {"items": [{"name": "shop", "enabled": true, "undecided": 3, "undecidedCapped": false, "suspects": 0, "keys": [],
                  "checkbacks": {"url": "http://shop/checkbacks", "successRate": 0.9996, "latencyMillis": 12, "failures": 1}}]}
                """)
                .answers("POST /admin/applications/shop/checkbacks", 200, """
                {"application": "shop", "due": 3, "capped": false}
                """);

        assertThat(browser.get("/applications").body()).contains("99.9\u202f%", "12 ms");
        browser.submit("/applications", "/applications/shop/checkbacks", Map.of("reason", "its database is back"));

        assertThat(service.calls()).anyMatch(call -> call.body().contains("its database is back"));
        assertThat(browser.get("/applications").body()).contains("back about 3 messages");
    }

    @Test
    void chosenMessagesBecomeAnOperationUponThem() throws Exception {
        var browser = console.as("operator");

        var page = browser.get(
                        "/operations/new?ids=&ids=%s&ids=%s&state=DEAD&window=all&action=RESEND".formatted(ID, CAUSE))
                .body();

        assertThat(page).contains("name=\"ids\" value=\"%s,%s\"".formatted(ID, CAUSE), "Selected</span> <span>2<");
        assertThat(service.calls())
                .anyMatch(call -> call.body().contains("\"ids\":[\"%s\",\"%s\"]".formatted(ID, CAUSE)));
    }

    @Test
    void whatWasRefusedBeforeItHadATargetLeadsNowhere() throws Exception {
        service.answers("GET /admin/audit", 200, """
                {"items": [{"at": "2026-11-21T10:00:00Z", "actor": "ada", "action": "PREVIEW_OPERATION", "target": "",
                            "reason": "", "outcome": "invalid-request"}]}
                """);

        var page = console.as("viewer").get("/audit").body();

        assertThat(page).contains("Operation: preview", "refused: input").doesNotContain("target=\"");
    }

    @Test
    void aNewKeyIsShownOnce() throws Exception {
        var browser = console.as("admin");
        service.answers("GET /admin/applications", 200, "{\"items\": []}");
        service.answers("POST /admin/applications/shop/keys", 201, """
                {"application": "shop", "key": "rmk_shown-once", "prefix": "rmk_sh", "roles": ["PRODUCER"]}
                """);

        browser.submit("/operations", "/applications/shop/keys", Map.of("roles", "producer", "reason", "new shop"));

        assertThat(browser.get("/applications").body()).contains("rmk_shown-once");
        assertThat(browser.get("/applications").body()).doesNotContain("rmk_shown-once");
    }

    @Test
    void theOverviewSaysInWordsHowThingsStand() throws Exception {
        service.answers("GET /admin/rates", 200, "{\"bucket\": \"PT1M\", \"points\": []}");
        service.answers("GET /admin/causes/trend", 200, """
                {"bucket": "PT5M", "at": ["2026-11-21T10:00:00Z"],
                 "causes": [{"id": "%s", "kind": "NO_ACK", "state": "DEAD", "topic": "order.placed", "subscription": "points",
                             "fingerprint": "<b>no ack", "total": 7, "counts": [7]}],
                 "others": {"causes": 2, "total": 5, "counts": [5]}}
                """.formatted(CAUSE));

        assertThat(overview(0, 0, true)).contains("Healthy");
        assertThat(overview(0, 1, true)).contains("One message is suspect");
        assertThat(overview(2, 1, true)).contains("2 causes are making deliveries fail", "One message is suspect");
        assertThat(overview(1, 0, false)).contains("Down: Broker", "One cause is making deliveries fail", "no confirm");
        assertThat(overview(1, 0, true))
                .contains(
                        "No acknowledgement · points",
                        "/causes?window=PT1H#c-" + CAUSE,
                        "2 other causes",
                        "&lt;b&gt;no ack")
                .contains("<td>7</td><td>5</td>");
    }

    private static String overview(int causes, int suspects, boolean isBrokerUp) throws Exception {
        service.answers("GET /admin/overview", 200, """
                {"at": "2026-11-21T10:00:00Z", "states": [{"state": "SENDING", "count": 10000, "capped": true, "perMinute": 1.5}], "causes": %d, "suspects": %d,
                 "parts": [{"name": "broker", "up": %b, "detail": "no confirm"}]}
                """.formatted(causes, suspects, isBrokerUp));
        return console.as("viewer").get("/").body();
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
