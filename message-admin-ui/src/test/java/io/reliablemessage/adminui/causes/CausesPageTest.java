package io.reliablemessage.adminui.causes;

import static io.reliablemessage.adminui.fixture.Fixtures.CAUSE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.cause.CauseView.Note;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.CauseFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages died of, and what can be done about all that died of one cause. */
@ExtendWith(SharedConsole.class)
class CausesPageTest {

    private static final String NOTE = "PUT /admin/causes/" + CAUSE_ID + "/note";

    private final StubService service;
    private final Visitors visitors;

    CausesPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void aCauseShowsWhatItKilledAndHowMany() throws Exception {
        service.answers(
                "GET /admin/causes",
                CauseFixture.page(CauseFixture.dead().count(1_200).resentBefore(2)));

        var page = visitors.viewer().open("/causes");

        assertThat(page.text(".cause h2")).isEqualTo("No acknowledgement · points");
        assertThat(page.text(".cause .big-number")).isEqualTo("1\u202f200");
        assertThat(page.text(".cause .fingerprint")).isEqualTo("no ack after # attempts");
        assertThat(page.text(".cause .sample")).isEqualTo("Latest: no ack after 12 attempts");
        assertThat(page.text(".cause .facts")).contains("last 3 h", "topic order.placed", "2 were resent before");
        assertThat(page.html().select(".cause svg rect")).hasSize(3);
    }

    @Test
    void allItsLinksAreAboutWhatItCounts() throws Exception {
        var list = "cause=%s&subscription=points&state=DEAD&window=all".formatted(CAUSE_ID);

        var page = visitors.lead().open("/causes");

        assertThat(page.links(".cause h2 a, .cause .big-number")).containsOnly("/messages?" + list);
        assertThat(page.links(".cause .actions a"))
                .containsExactly(
                        "/operations/new?" + list + "&action=RESEND",
                        "/operations/new?" + list + "&action=DISCARD",
                        "/messages.csv?" + list);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ACK, No acknowledgement",
        "BROKER_REFUSED, Refused by the broker",
        "REJECTED, Rejected by the consumer"
    })
    void aKindHasItsName(CauseKind kind, String name) throws Exception {
        service.answers(
                "GET /admin/causes", CauseFixture.page(CauseFixture.dead().kind(kind)));

        assertThat(visitors.viewer().open("/causes").text(".cause h2")).startsWith(name);
    }

    @ParameterizedTest
    @CsvSource({
        "'', limit=30",
        "?state=REJECTED, state=REJECTED&limit=30",
        "?window=PT1H, window=PT1H&limit=30",
        "?window=FOO, window=FOO&limit=30",
        "?topic=t&subscription=s&cursor=c, topic=t&subscription=s&cursor=c&limit=30"
    })
    void theServiceIsAskedAsTheAddressSays(String address, String query) throws Exception {
        visitors.viewer().open("/causes" + address);

        assertThat(service.call("GET /admin/causes").query()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 0, 1", "operator, 1, 0", "lead, 2, 0"})
    void whatCanBeDoneDependsOnTheRole(String role, int open, int closed) throws Exception {
        var page = visitors.as(role).open("/causes");

        assertThat(page.links(".actions a[href^=/operations/new]")).hasSize(open);
        assertThat(page.texts(".actions small")).hasSize(closed);
        assertThat(page.has("form[action$=/note]")).isEqualTo(!role.equals("viewer"));
    }

    @Test
    void aCauseWithoutOpenFailuresOffersNothingButANote() throws Exception {
        service.answers(
                "GET /admin/causes", CauseFixture.page(CauseFixture.dead().count(0)));

        var page = visitors.lead().open("/causes?window=P7D");

        assertThat(page.links(".cause .actions a")).isEmpty();
        assertThat(page.has("form[action$=/note]")).isTrue();
    }

    @Test
    void whatIsBeyondTheSingleCausesIsNamed() throws Exception {
        service.answers(
                "GET /admin/causes",
                CauseFixture.page(CauseFixture.dead().fingerprint("").sample("")));

        assertThat(visitors.viewer().open("/causes").text(".fingerprint")).isEqualTo("Other causes");
    }

    @Test
    void aNoteIsReadByAllAndChangedFromWhatItIs() throws Exception {
        service.answers(
                        "GET /admin/causes",
                        CauseFixture.page(
                                CauseFixture.dead().note(new Note("the database is full", "ada", Fixtures.AT))))
                .answers(NOTE, 204, "");
        var operator = visitors.operator();
        var page = operator.open("/causes");
        assertThat(page.text("p.note")).startsWith("the database is full ada, ");

        var unchanged = operator.submit(page, "form[action$=/note]");
        operator.submit(page, "form[action$=/note]", "text", "");

        assertThat(unchanged.location()).isEqualTo("/causes#c-" + CAUSE_ID);
        assertThat(service.calls(NOTE))
                .extracting(StubService.Call::body)
                .containsExactly("{\"text\":\"the database is full\"}", "{\"text\":\"\"}");
    }

    @Test
    void nothingDeadIsGoodNews() throws Exception {
        service.answers("GET /admin/causes", CauseFixture.page());

        assertThat(visitors.viewer().open("/causes").text(".empty .big")).isEqualTo("There are no dead letters.");
        assertThat(visitors.viewer().speaking("zh").open("/causes").text(".empty .big"))
                .containsPattern("[\\u4e00-\\u9fff]");
    }

    @Test
    void aFilterByTopicCanBeRemoved() throws Exception {
        var page = visitors.viewer().open("/causes?topic=order.placed&subscription=points&state=DEAD");

        assertThat(page.texts("a.chip")).containsExactly("Topic order.placed ×", "Subscription points ×");
        assertThat(page.links("a.chip"))
                .containsExactly("/causes?subscription=points&state=DEAD", "/causes?topic=order.placed&state=DEAD");
        assertThat(page.texts("nav.tabs a[aria-current=true]")).containsExactly("Dead", "Open now");
    }
}
