package io.reliablemessage.adminui.operations;

import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static io.reliablemessage.adminui.fixture.Fixtures.OPERATION_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.OperationFixture;
import io.reliablemessage.adminui.fixture.PreviewFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The start of an operation: what was previewed, once, by who may. */
@ExtendWith(SharedConsole.class)
class StartOperationTest {

    private static final String PREVIEW = "POST /admin/operations/preview";
    private static final String START = "POST /admin/operations";
    private static final JsonMapper JSON = new JsonMapper();

    private final StubService service;
    private final Visitors visitors;

    StartOperationTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @BeforeEach
    void starts() {
        service.answers(START, OperationFixture.running().build());
    }

    @Test
    void theFormStartsExactlyWhatIsShown() throws Exception {
        var lead = visitors.lead();
        var page = lead.open(
                "/operations/new?action=RESEND&state=DEAD&topic=t&olderThan=6h&minAttempts=2&overdue=true&ids="
                        + MESSAGE_ID);

        var answer = lead.submit(page, "form.how", "reason", "points is mended", "ratePerSecond", "20", "canary", "3");

        assertThat(answer.location()).isEqualTo("/operations/" + OPERATION_ID);
        assertThat(body(START).path("filter")).isEqualTo(body(PREVIEW).path("filter"));
        assertThat(body(START).path("expected").asInt()).isEqualTo(12);
        assertThat(body(START).path("fingerprint").asString()).isEqualTo(PreviewFixture.FINGERPRINT);
        assertThat(body(START).path("ratePerSecond").asInt()).isEqualTo(20);
        assertThat(body(START).path("canary").asInt()).isEqualTo(3);
        assertThat(body(START).path("runAgain").asBoolean()).isFalse();
    }

    /** "The last hour" begins when it was looked at, not when it is started. */
    @Test
    void theFormKeepsTheTimeOfThePreview() throws Exception {
        var lead = visitors.lead();

        lead.submit(lead.open("/operations/new?state=DEAD&window=PT1H"), "form.how", "reason", "why");

        assertThat(body(START).path("filter").path("from"))
                .isEqualTo(body(PREVIEW).path("filter").path("from"));
        assertThat(body(START).path("filter").path("from").isMissingNode()).isFalse();
    }

    @Test
    void theFormStartsOneOperationHoweverOftenItIsSent() throws Exception {
        var lead = visitors.lead();
        var page = lead.open("/operations/new?state=DEAD&window=all");

        lead.submit(page, "form.how", "reason", "why");
        lead.submit(page, "form.how", "reason", "why");
        lead.submit(lead.open("/operations/new?state=DEAD&window=all"), "form.how", "reason", "why");

        var ids = service.calls(START).stream()
                .map(call -> JSON.readTree(call.body()).path("id").asString())
                .toList();
        assertThat(ids).hasSize(3);
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).hasSize(36).isNotEqualTo(ids.get(2));
    }

    @Test
    void whoeverRunsAgainIsWarnedAndItIsSent() throws Exception {
        var lead = visitors.lead();
        var page = lead.open("/operations/new?state=DEAD&window=all&runAgain=true");
        assertThat(page.text(".notice.is-bad")).startsWith("This includes deliveries beyond the dedupe window");

        lead.submit(page, "form.how", "reason", "consumers know it");

        assertThat(body(PREVIEW).path("runAgain").asBoolean()).isTrue();
        assertThat(body(START).path("runAgain").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "RESEND, 12, viewer, false", "RESEND, 12, operator, true", "RESEND, 12, lead, true",
        "RESEND, 1001, operator, false", "RESEND, 1001, lead, true", "RESEND, 1000, operator, true",
        "DISCARD, 12, operator, false", "DISCARD, 12, lead, true", "DISCARD, 12, viewer, false"
    })
    void whoMayStartDependsOnTheActionAndTheNumber(String action, int matched, String role, boolean mayStart)
            throws Exception {
        service.answers(PREVIEW, PreviewFixture.of(matched).build());

        var page = visitors.as(role).open("/operations/new?state=DEAD&action=" + action);

        assertThat(page.first("form.how button").hasAttr("disabled")).isEqualTo(!mayStart);
        assertThat(page.has("#typed")).isEqualTo(matched > 1_000);
        assertThat(page.has("#canary")).isEqualTo(action.equals("RESEND"));
    }

    @ParameterizedTest
    @CsvSource({
        "1001, '', false",
        "1001, 1001, true",
        "1001, '1 001', true",
        "1001, '1,001', true",
        "1001, 1002, false",
        "1000, '', true",
        "'', '', false"
    })
    void manyAreOnlyStartedByWhoTypesTheirNumber(String expected, String typed, boolean isStarted) throws Exception {
        var lead = visitors.lead();

        var answer = lead.send(
                "/operations",
                "action",
                "RESEND",
                "state",
                "DEAD",
                "window",
                "all",
                "expected",
                expected,
                "typed",
                typed,
                "reason",
                "why");

        assertThat(service.calls(START)).hasSize(isStarted ? 1 : 0);
        assertThat(answer.location())
                .isEqualTo(
                        isStarted
                                ? "/operations/" + OPERATION_ID
                                : "/operations/new?action=RESEND&state=DEAD&window=all");
        if (!isStarted) {
            assertThat(lead.follow(answer).text(".notice.is-bad")).isEqualTo("Type the number exactly as shown.");
        }
    }

    @Test
    void whoeverIsRefusedIsBackAtThePreviewOfTheSameFilter() throws Exception {
        service.refuses(START, ProblemType.COUNT_DIFFERS, "14 match by now, 12 were expected.");
        var lead = visitors.lead();
        var page = lead.open("/operations/new?action=RESEND&state=DEAD&key=A%261&window=all");

        var answer = lead.submit(page, "form.how", "reason", "why");

        assertThat(answer.location())
                .startsWith("/operations/new?")
                .contains("action=RESEND", "state=DEAD", "key=A%261", "window=all")
                .doesNotContain("reason", "expected", "fingerprint", "_csrf", "&id=");
        assertThat(lead.follow(answer).text(".notice.is-bad .quoted")).isEqualTo("14 match by now, 12 were expected.");
    }

    @Test
    void whatIsNoNumberStartsNothing() throws Exception {
        for (var field : new String[] {"expected", "ratePerSecond", "canary", "action"}) {
            assertThat(visitors.lead()
                            .send("/operations", field, "many", "reason", "why")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(service.calls()).isEmpty();
    }

    private JsonNode body(String call) {
        return JSON.readTree(service.calls(call).getFirst().body());
    }
}
