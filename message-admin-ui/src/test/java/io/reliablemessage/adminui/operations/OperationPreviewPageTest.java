package io.reliablemessage.adminui.operations;

import static io.reliablemessage.adminui.fixture.Fixtures.CAUSE_ID;
import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.operation.OperationPreview;
import io.reliablemessage.adminapi.operation.SkipReason;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.fixture.PreviewFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operation would do, as it is shown before anything happens. */
@ExtendWith(SharedConsole.class)
class OperationPreviewPageTest {

    private static final String PREVIEW = "POST /admin/operations/preview";
    private static final String START = "POST /admin/operations";
    private static final JsonMapper JSON = new JsonMapper();

    private final StubService service;
    private final Visitors visitors;

    OperationPreviewPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "window=all                     | {}",
                "state=DEAD&window=all          | {'state': 'DEAD'}",
                "cause=7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f | {'cause': '7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f'}",
                "key=A%261                      | {'key': 'A&1'}",
                "ids=01a20060-10fc-76b5-8149-1366a471eb19 | {'ids': ['01a20060-10fc-76b5-8149-1366a471eb19']}",
                "ids=                           | {'ids': []}",
                "ids=&ids=                      | {'ids': []}",
                "overdue=true&window=all        | {'overdue': true}",
                "suspect=true&window=all        | {'suspect': true}",
                "minAttempts=3&window=all       | {'minAttempts': 3}",
                "olderThan=2d&window=all        | {'olderThan': 'PT48H'}",
                "from=2026-11-21T10:00:00Z&to=2026-11-22T10:00 | {'from': '2026-11-21T10:00:00Z', 'to':"
                        + " '2026-11-22T10:00:00Z'}",
                "topic=t&subscription=s&producer=p&window=all | {'topic': 't', 'subscription': 's', 'producer': 'p'}"
            })
    void isOfWhatTheListShows(String address, String filter) throws Exception {
        visitors.viewer().open("/operations/new?" + address);

        assertThat(preview().path("filter")).isEqualTo(JSON.readTree(filter.replace('\'', '"')));
        assertThat(preview().path("action").asString()).isEqualTo("RESEND");
    }

    /** Left out, each of them would make the operation larger than what was asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=FOO",
                "state=dead",
                "cause=7",
                "cause=1-2-3-4-5",
                "minAttempts=many",
                "minAttempts=1.5",
                "minAttempts=99999999999",
                "olderThan=soon",
                "olderThan=5",
                "ids=1",
                "ids=01a20060-10fc-76b5-8149-1366a471eb19,x",
                "from=yesterday",
                "to=tomorrow",
                "from=2026-11-21",
                "from=2026-11-21T10:00:00%2B99:00",
                "window=1x",
                "window=P1M",
                "window=-PT1H",
                "overdue=yes",
                "overdue=1",
                "suspect=on",
                "suspect=false",
                "overdue=false",
                "runAgain=yes",
                "suspect=TRUE",
                "from=%2B1000000000-12-31T23:59:59Z"
            })
    void whatCannotBeReadIsNeverLeftOut(String filter) throws Exception {
        var lead = visitors.lead();
        var name = filter.substring(0, filter.indexOf('='));

        for (var page : List.of(
                lead.open("/operations/new?" + filter),
                lead.send("/operations?" + filter, "action", "DISCARD", "expected", "12", "reason", "by hand"))) {
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text("main h1")).isEqualTo("A part of this address or form cannot be read.");
            assertThat(page.text("main .quoted")).startsWith(name + " = ");
        }
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-01T00:00:00+08:00, 2029-12-31T16:00:00Z",
        "2030-01-01T00:00:00%2B08:00, 2029-12-31T16:00:00Z",
        "2030-01-01T00:00-03:30, 2030-01-01T03:30:00Z"
    })
    void aTimeMayHaveAnOffset(String from, String meant) throws Exception {
        visitors.lead().open("/operations/new?action=DISCARD&from=" + from);

        assertThat(preview().at("/filter/from").asString()).isEqualTo(meant);
    }

    @Test
    void nothingChosenStaysNothingInEveryLinkOfThePage() throws Exception {
        service.answers(PREVIEW, PreviewFixture.of(0).build());

        var page = visitors.lead().open("/operations/new?ids=&state=DEAD&window=all&action=DISCARD");

        assertThat(page.text("h1")).isEqualTo("Discard 0");
        assertThat(page.has("form.how")).isFalse();
        assertThat(page.links("nav.switch a, main a"))
                .allSatisfy(link -> assertThat(link).contains("ids="));
    }

    @Test
    void whatIsLeftOutIsCountedWithItsReason() throws Exception {
        service.answers(
                PREVIEW,
                PreviewFixture.of(1_234)
                        .eligible(1_000)
                        .notEligible(
                                new OperationPreview.Skipped(SkipReason.CONSUMED, 200),
                                new OperationPreview.Skipped(SkipReason.DEDUPE_WINDOW, 34))
                        .build());

        var page = visitors.lead().open("/operations/new?cause=" + CAUSE_ID);

        assertThat(page.text(".matched"))
                .isEqualTo("1\u202f234 deliveries of 1\u202f234 messages match → 1\u202f000 will be resent");
        assertThat(page.texts(".skips li"))
                .containsExactly(
                        "200 are skipped: consumed",
                        "34 are skipped: so old that their consumer might apply them twice");
        assertThat(page.links("a[href*=runAgain]")).hasSize(1);
    }

    @Test
    void moreThanOneOperationTakesCannotBeStarted() throws Exception {
        service.answers(PREVIEW, PreviewFixture.of(50_000).capped(true).build());

        var page = visitors.lead().open("/operations/new?window=all");

        assertThat(page.text(".matched")).startsWith("50\u202f000+ ");
        assertThat(page.text(".notice.is-bad")).isEqualTo("More match than one operation accepts. Narrow the filter.");
        assertThat(page.has("form.how")).isFalse();
    }

    @Test
    void theFirstMessagesAreShownAndLeadBackToTheList() throws Exception {
        service.answers(
                PREVIEW,
                PreviewFixture.of(1).sample(MessageFixture.dead().build()).build());

        var page = visitors.lead().open("/operations/new?state=DEAD&topic=t&action=DISCARD&runAgain=true");

        assertThat(page.links(".splits a")).containsExactly("/messages/" + MESSAGE_ID);
        assertThat(page.links("a.is-quiet")).containsExactly("/messages?state=DEAD&topic=t");
        assertThat(page.texts(".chip")).contains("State Dead", "Topic t");
    }

    @Test
    void isReadInChineseAsWell() throws Exception {
        service.answers(PREVIEW, PreviewFixture.of(1_001).build());

        var page = visitors.lead().speaking("zh").open("/operations/new?state=DEAD&action=DISCARD");

        assertThat(page.text("h1")).contains("1\u202f001");
        assertThat(page.text("label[for=typed]")).contains("1\u202f001").containsPattern("[\\u4e00-\\u9fff]");
        assertThat(page.has("#canary")).isFalse();
    }

    private JsonNode preview() {
        return JSON.readTree(service.calls(PREVIEW).getFirst().body());
    }
}
