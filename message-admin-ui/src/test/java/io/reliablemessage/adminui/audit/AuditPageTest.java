package io.reliablemessage.adminui.audit;

import static io.reliablemessage.adminui.fixture.Fixtures.CAUSE_ID;
import static io.reliablemessage.adminui.fixture.Fixtures.OPERATION_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.AuditFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who did what and why, and who was refused. */
@ExtendWith(SharedConsole.class)
class AuditPageTest {

    private final StubService service;
    private final Visitors visitors;

    AuditPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void anEntryShowsWhoDidWhatToWhatAndWhy() throws Exception {
        service.answers(
                "GET /admin/audit",
                AuditFixture.page(AuditFixture.done("PAUSE", "points").reason("it is moved")));

        var page = visitors.viewer().open("/audit");

        assertThat(page.text("tbody tr")).isEqualTo("2026-11-21 10:00:00 ada Pause points it is moved done");
        assertThat(page.links("tbody a"))
                .containsExactly("/audit?actor=ada", "/audit?action=PAUSE", "/audit?target=points");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | ''",
                "?actor=%E7%8E%8B%E8%8A%B3            | actor=王芳",
                "?action=RESEND&target=points         | action=RESEND&target=points",
                "?from=2026-11-21T10:00&to=2026-11-22T10:00:00Z | from=2026-11-21T10:00:00Z&to=2026-11-22T10:00:00Z",
                "?from=yesterday                      | from=yesterday",
                "?to=21.11.2026&cursor=abc            | to=21.11.2026&cursor=abc",
                "?actor=&action=&from=                | ''"
            })
    void theServiceIsAskedAsTheFormSays(String address, String query) throws Exception {
        visitors.viewer().open("/audit" + address);

        assertThat(service.call("GET /admin/audit").query()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({
        "RESEND, Resend",
        "DISCARD, Discard",
        "CONFIRM, Decide: confirm",
        "REVEAL, View the payload",
        "START_DISCARD, Operation: discard",
        "MAKE_KEY, Create a key",
        "WORKER, Pause or resume a worker",
        "BEGIN_EPOCH, Report a restore",
        "ACT_OF_TOMORROW, ACT_OF_TOMORROW"
    })
    void anActionHasItsName(String action, String shown) throws Exception {
        service.answers("GET /admin/audit", AuditFixture.page(AuditFixture.done(action, "x")));

        assertThat(visitors.viewer().open("/audit").text("td.action-name")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "DONE, done, is-consumed",
        "forbidden, refused: role, is-dead",
        "transition-refused, refused: too late, is-dead",
        "invalid-request, refused: input, is-dead",
        "reason-of-tomorrow, reason-of-tomorrow, is-dead"
    })
    void whatWasRefusedIsSaidSo(String outcome, String shown, String look) throws Exception {
        service.answers(
                "GET /admin/audit",
                AuditFixture.page(AuditFixture.done("RESEND", "x").outcome(outcome)));

        var state = visitors.viewer().open("/audit").first("td.status .state");

        assertThat(state.text()).isEqualTo(shown);
        assertThat(state.hasClass(look)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "START_RESEND, DONE, true",
        "START_RESEND, forbidden, false",
        "RESEND, DONE, false",
        "PAUSE_OPERATION, DONE, false"
    })
    void theNumberOfAnOperationLeadsToIt(String action, String outcome, boolean isLink) throws Exception {
        service.answers(
                "GET /admin/audit",
                AuditFixture.page(
                        AuditFixture.done(action, OPERATION_ID).count(1_200).outcome(outcome)));

        var page = visitors.viewer().open("/audit");

        assertThat(page.text("td.number")).isEqualTo("1\u202f200");
        assertThat(page.has("td.number a[href=/operations/" + OPERATION_ID + "]"))
                .isEqualTo(isLink);
    }

    @Test
    void aLongIdIsShortAndWhollyThereForWhoPoints() throws Exception {
        service.answers(
                "GET /admin/audit",
                AuditFixture.page(AuditFixture.done("NOTE", CAUSE_ID).reason(null)));

        var target = visitors.viewer().open("/audit").first("td.target a");

        assertThat(target.text()).isEqualTo("…2c3d4e5f");
        assertThat(target.attr("title")).isEqualTo(CAUSE_ID);
    }

    @Test
    void theFormKeepsWhatWasAsked() throws Exception {
        service.answers("GET /admin/audit", AuditFixture.page());

        var page =
                visitors.viewer().open("/audit?actor=ada&action=NOTE&target=x&from=2026-11-21T10:00:00Z&to=nonsense");

        assertThat(page.values("form.inline input", "value"))
                .containsExactly("ada", "NOTE", "x", "2026-11-21T10:00:00", "");
        assertThat(page.text(".empty")).isEqualTo("No entry matches.");
        assertThat(page.has("table")).isFalse();
        assertThat(page.values("datalist option", "value")).contains("RESEND", "EXPIRE_KEY");
    }
}
