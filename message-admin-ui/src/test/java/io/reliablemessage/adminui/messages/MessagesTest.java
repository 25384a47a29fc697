package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.Browser;
import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages as the console shows them, whatever the service says. */
class MessagesTest {

    private static final String ID = "01a20060-10fc-76b5-8149-1366a471eb19";
    private static final String MESSAGE = """
            {"id": "%s", "topic": "order.placed", "key": "=1+1", "producer": "shop", "state": "DEAD", "suspect": false,
             "createdAt": "2026-11-21T10:00:00Z", "decidedAt": "2026-11-21T10:00:01Z", "decidedBy": "shop", "somethingNew": 1,
             "deliveries": [{"subscription": "points", "state": "DEAD", "attempts": 12, "finishedAt": "2026-11-21T20:00:00Z",
                             "lastError": "@SUM(A1) \\"<b>no ack</b>\\""}]}
            """.formatted(ID);
    private static final String TIMELINE = """
            {"items": [{"at": "2026-11-21T10:00:00Z", "kind": "PREPARED", "actor": "shop"},
                       {"at": "2026-11-21T20:00:00Z", "kind": "KIND_OF_TOMORROW", "subscription": "points", "actor": "service"}]}
            """;
    private static final String CONTENT = """
            {"id": "%s", "contentType": "application/json", "headers": {},
             "payload": "eyJpZCI6MTIzNDU2Nzg5MDEyMzQ1Njc4OTAsImEiOjEuMCwiYSI6MWU0MDAsIngiOiI8c2NyaXB0PiJ9"}
            """.formatted(ID);

    private static StubService service;
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        service = new StubService();
        console = RunningConsole.start(service);
        service.answers("GET /admin/messages/" + ID, 200, MESSAGE);
        service.answers("GET /admin/messages/" + ID + "/timeline", 200, TIMELINE);
        service.answers("GET /admin/messages/" + ID + "/content", 200, CONTENT);
    }

    @AfterEach
    void empty() {
        service.answers("GET /admin/messages", 200, "{\"items\": []}");
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @Test
    void theNextPageIsOfTheSameTime() throws Exception {
        service.answers("GET /admin/messages", 200, "{\"items\": [%s], \"next\": \"abc\"}".formatted(MESSAGE));

        var page = console.as("viewer").get("/messages?window=PT1H&state=DEAD").body();

        assertThat(page).containsPattern("href=\"/messages\\?state=DEAD&amp;from=20[0-9TZ:%A.-]+&amp;cursor=abc\"");
    }

    @Test
    void whatIsNewIsCountedAndWaitsUntilItIsWanted() throws Exception {
        service.answers("GET /admin/messages/count", 200, "{\"count\": 10000, \"capped\": true}");

        var news = console.as("viewer")
                .get("/messages/newer?state=DEAD&since=2026-11-21T10:00:00.001Z")
                .body();

        assertThat(news).contains("10\u202f000+ new", "href=\"/messages?state=DEAD\"");
        assertThat(service.calls()).anyMatch(call -> call.path().contains("from=2026-11-21T10%3A00%3A00.001Z"));
        service.answers("GET /admin/messages/count", 200, "{\"count\": 0, \"capped\": false}");
        assertThat(console.as("viewer")
                        .get("/messages/newer?since=2026-11-21T10:00:00Z")
                        .body())
                .isBlank();
    }

    @Test
    void whatIsFilteredAndChosenReachesTheServiceAndStaysInSight() throws Exception {
        var page = console.as("viewer")
                .get("/messages?minAttempts=3&olderThan=6h&ids=&ids=%s&ids=%s".formatted(ID, ID))
                .body();

        assertThat(service.calls())
                .anyMatch(call -> call.path().contains("minAttempts=3&olderThan=PT6H&ids=%s%%2C%s".formatted(ID, ID)));
        assertThat(page)
                .contains(
                        "Attempts at least</span> <span>3<", "Older than</span> <span>6h<", "Selected</span> <span>2<")
                .contains("href=\"/messages?minAttempts=3&amp;olderThan=6h\"");
    }

    @Test
    void whoChoosesNothingExportsNothing() throws Exception {
        console.as("viewer").get("/messages.csv?ids=&state=DISCARDED");

        assertThat(service.calls()).anyMatch(call -> call.path().contains("state=DISCARDED&ids=&"));
    }

    @Test
    void theServicesOwnWordsAreInTheReadersLanguage() throws Exception {
        service.answers("GET /admin/messages/" + ID + "/timeline", 200, """
                {"items": [{"at": "2026-11-21T10:00:00Z", "kind": "CHECKED_BACK", "actor": "checker", "detail": "UNKNOWN"},
                           {"at": "2026-11-21T11:00:00Z", "kind": "SENT", "subscription": "points", "actor": "service", "detail": "attempt 1"},
                           {"at": "2026-11-21T12:00:00Z", "kind": "REJECTED", "subscription": "points", "actor": "points", "detail": "attempt to pay"}]}
                """);

        var page = console.as("viewer").get("/messages/" + ID + "?lang=zh").body();

        assertThat(page).contains(">尚不清楚<", ">第 1 次尝试<", ">attempt to pay<");
        service.answers("GET /admin/messages/" + ID + "/timeline", 200, TIMELINE);
    }

    @Test
    void noCellOfAnExportIsAFormula() throws Exception {
        service.answers("GET /admin/messages", 200, "{\"items\": [%s]}".formatted(MESSAGE));

        var csv = console.as("viewer").get("/messages.csv?state=DEAD").body();

        assertThat(csv).contains(",\"'=1+1\",").contains("\"'@SUM(A1) \"\"<b>no ack</b>\"\"\"");
    }

    @Test
    void whatCameFromElsewhereIsShownAsText() throws Exception {
        var page = console.as("lead").get("/messages/" + ID + "?payload=show").body();

        assertThat(page)
                .contains("&lt;b&gt;no ack&lt;/b&gt;", "&lt;script&gt;")
                .doesNotContain("<b>no ack", "<script>");
    }

    @Test
    void aPayloadKeepsItsDigitsAndItsDoubleNames() throws Exception {
        var page = console.as("lead").get("/messages/" + ID + "?payload=tree").body();

        assertThat(page).contains(">12345678901234567890<", ">1.0<", ">1e400<");
    }

    @Test
    void aViewerSeesNoPayload() throws Exception {
        int before = contents();

        var page = console.as("viewer").get("/messages/" + ID + "?payload=show").body();

        assertThat(page).contains("••••").doesNotContain("12345678901234567890");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aStepThatTheConsoleDoesNotKnowIsShownAsTheServiceNamesIt() throws Exception {
        assertThat(console.as("viewer").get("/messages/" + ID).body()).contains("KIND_OF_TOMORROW");
    }

    @Test
    void whatMayNotBeDoneIsDisabledAndSaysWhy() throws Exception {
        assertThat(console.as("viewer").get("/messages/" + ID).body())
                .contains("disabled", "needs the role operator", "needs the role lead")
                .doesNotContain("/resend\"");
        assertThat(console.as("operator").get("/messages/" + ID).body())
                .contains("/resend\"", "needs the role lead")
                .doesNotContain("/discard\"");
        assertThat(console.as("lead").get("/messages/" + ID).body()).contains("/resend\"", "/discard\"");
    }

    @Test
    void whatTheServiceRefusesIsToldWithItsReason() throws Exception {
        service.answers("POST /admin/messages/" + ID + "/resend", 409, """
                {"type": "/problems/transition-refused", "status": 409, "detail": "Its delivery to points is final."}
                """);
        var browser = console.as("operator");

        browser.submit(
                "/messages/" + ID,
                "/messages/" + ID + "/resend",
                Map.of("subscription", "points", "reason", "why not"));

        assertThat(browser.get("/messages/" + ID).body()).contains("Too late", "Its delivery to points is final.");
        assertThat(service.calls()).anyMatch(call -> call.body().contains("why not"));
    }

    @Test
    void aServiceThatIsAwayIsNamed() throws Exception {
        for (var unusable : List.of("not json", "{\"type\": \"/problems/unavailable\"}")) {
            service.answers("GET /admin/messages", 503, unusable);

            var page = console.as("viewer").get("/messages");

            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body())
                    .contains("The message service does not answer")
                    .doesNotContain("127.0.0.1", "Exception");
        }
    }

    @Test
    void oneBoxFindsIdsAndKeys() throws Exception {
        var browser = console.as("viewer");

        assertThat(location(browser, "/search?q=" + ID)).endsWith("/messages/" + ID);
        assertThat(location(browser, "/search?q=A%261")).endsWith("/messages?key=A%261");
        service.answers("GET /admin/messages", 200, "{\"items\": [%s]}".formatted(MESSAGE));
        assertThat(location(browser, "/search?q=A-1")).endsWith("/messages/" + ID);
    }

    private static int contents() {
        return (int) service.calls().stream()
                .filter(call -> call.path().endsWith("/content"))
                .count();
    }

    private static String location(Browser browser, String path) throws Exception {
        return browser.get(path).headers().firstValue("Location").orElse("");
    }
}
