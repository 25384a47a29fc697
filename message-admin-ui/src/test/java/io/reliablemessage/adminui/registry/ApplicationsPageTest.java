package io.reliablemessage.adminui.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.registry.ApplicationsView.Checkbacks;
import io.reliablemessage.adminapi.registry.ApplicationsView.Key;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.ApplicationFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.ProblemType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications, how they answer, and their keys. */
@ExtendWith(SharedConsole.class)
class ApplicationsPageTest {

    private static final String KEYS = "POST /admin/applications/shop/keys";
    private static final String MADE =
            "{\"application\": \"shop\", \"key\": \"rmk_shown-once\", \"prefix\": \"rmk_sh\", \"roles\":"
                    + " [\"PRODUCER\"]}";

    private final StubService service;
    private final Visitors visitors;

    ApplicationsPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void anApplicationShowsHowItAnswers() throws Exception {
        var shop = ApplicationFixture.named("shop")
                .undecided(10_000)
                .undecidedCapped(true)
                .suspects(3);
        service.answers(
                "GET /admin/applications",
                ApplicationFixture.page(
                        shop.checkbacks(new Checkbacks("http://shop", CheckAnswers.SIGNED, 0.9996, 12L, 1, null))));

        var page = visitors.viewer().open("/applications");

        assertThat(page.texts(".totals > div"))
                .containsExactly(
                        "Undecided 10\u202f000+",
                        "Suspect 3",
                        "Check-backs answered 99.9\u202f%",
                        "Response time 12 ms");
        assertThat(page.links(".totals a"))
                .containsExactly(
                        "/messages?state=PENDING_CONFIRM&producer=shop&window=all",
                        "/undecided?suspect=true&producer=shop");
        assertThat(page.first("#a-shop code").text()).isEqualTo("http://shop");
    }

    @ParameterizedTest
    @CsvSource({"SIGNED, false", "UNSIGNED, true"})
    void oneWhoseAnswersNeedNoSignatureSaysSo(CheckAnswers answers, boolean warns) throws Exception {
        var checks = new Checkbacks("http://shop", answers, 0.98, 12L, 0, null);
        service.answers(
                "GET /admin/applications",
                ApplicationFixture.page(ApplicationFixture.named("shop").checkbacks(checks)));

        assertThat(visitors.viewer().open("/applications").has("#a-shop .notice.is-warning"))
                .isEqualTo(warns);
    }

    @Test
    void oneThatWasNeverAskedSaysSoAndOneThatCannotBeIsNotOffered() throws Exception {
        service.answers(
                "GET /admin/applications",
                ApplicationFixture.page(
                        ApplicationFixture.named("shop").checkbacks(ApplicationFixture.neverAsked("http://shop")),
                        ApplicationFixture.named("mail")
                                .checkbacks(ApplicationFixture.neverAsked(null))
                                .enabled(false)));

        var page = visitors.operator().open("/applications");

        assertThat(page.text("#a-shop .totals")).contains("no check-back yet");
        assertThat(page.values("form[action$=/checkbacks]", "action")).containsExactly("/applications/shop/checkbacks");
        assertThat(page.text("#a-mail .state")).isEqualTo("disabled");
        assertThat(page.has("#a-mail .totals")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"600, true", "-600, false"})
    void oneThatRestsSaysUntilWhen(int seconds, boolean rests) throws Exception {
        var checks = new Checkbacks(
                "http://shop", CheckAnswers.SIGNED, 0.1, null, 9, Instant.now().plusSeconds(seconds));
        service.answers(
                "GET /admin/applications",
                ApplicationFixture.page(ApplicationFixture.named("shop").checkbacks(checks)));

        assertThat(visitors.viewer().open("/applications").has("#a-shop .notice.is-bad"))
                .isEqualTo(rests);
    }

    @ParameterizedTest
    @CsvSource({
        "0, No message waits for its decision; its back-off%2C if any%2C has ended.",
        "1, Checking back about one message.",
        "3, Checking back about 3 messages."
    })
    void anApplicationIsAskedAtOnce(int due, String said) throws Exception {
        service.answers(
                "POST /admin/applications/shop/checkbacks",
                200,
                "{\"application\": \"shop\", \"due\": %d, \"capped\": false}".formatted(due));
        var operator = visitors.operator();

        var answer = operator.submit(
                operator.open("/applications"), "form[action$=/checkbacks]", "reason", "its database is back");

        assertThat(answer.location()).isEqualTo("/applications#a-shop");
        assertThat(operator.follow(answer).text(".notice.is-good")).isEqualTo(said.replace("%2C", ","));
    }

    @Test
    void anAdminCreatesAnApplicationWithAReason() throws Exception {
        service.answers("PUT /admin/applications/billing.eu", 204, "");
        var admin = visitors.admin();

        var answer = admin.submit(
                admin.open("/applications"),
                "form[action=/applications]",
                "name",
                " billing.eu ",
                "reason",
                "the new team");

        assertThat(service.call("PUT /admin/applications/billing.eu").body()).contains("the new team");
        assertThat(answer.location()).isEqualTo("/applications#a-billing.eu");
        assertThat(admin.follow(answer).text(".notice.is-good"))
                .isEqualTo("Application billing.eu is there: create a key for it.");
    }

    @ParameterizedTest
    @ValueSource(strings = "")
    void anApplicationWithoutANameIsNotAskedFor(String name) throws Exception {
        var page = visitors.admin().act("/applications", "name", name, "reason", "the new team");

        assertThat(service.calls()).noneMatch(call -> call.method().equals("PUT"));
        assertThat(page.text(".notice.is-bad")).isEqualTo("The application needs a name, so none was created.");
    }

    @Test
    void aNameThatTheServiceRefusesIsShownWithItsRule() throws Exception {
        service.refuses("PUT /admin/applications/a b", ProblemType.INVALID_REQUEST, "name takes letters.");

        var page = visitors.admin().act("/applications", "name", "a b", "reason", "the new team");

        assertThat(page.text(".notice.is-bad"))
                .isEqualTo("The service does not accept this input. name takes letters.");
    }

    /** As the service does. */
    @ParameterizedTest
    @CsvSource({"billing, true", "a.b_c-9, true", "9, true", ".billing, false", "a b, false", "账单, false"})
    void theFormAcceptsTheNamesThatTheServiceAccepts(String name, boolean isAccepted) throws Exception {
        var field = visitors.admin().open("/applications").first("#new-application");

        assertThat(name.matches(field.attr("pattern"))).isEqualTo(isAccepted);
        assertThat(field.attr("maxlength")).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({"viewer, 0", "operator, 0", "lead, 0", "admin, 1"})
    void onlyAnAdminCreatesApplications(String role, int forms) throws Exception {
        assertThat(visitors.as(role).open("/applications").html().select("form[action=/applications]"))
                .hasSize(forms);
    }

    @Test
    void aNewKeyIsShownOnceAndToNobodyElse() throws Exception {
        service.answers(KEYS, 201, MADE);
        var admin = visitors.admin();

        var answer = admin.submit(
                admin.open("/applications"),
                "form[action$=/keys]",
                "roles",
                "producer",
                "roles",
                "consumer",
                "reason",
                "new shop");

        assertThat(answer.body()).doesNotContain("rmk_shown-once");
        assertThat(answer.location()).isEqualTo("/applications");
        assertThat(visitors.fresh("admin").open("/applications").body()).doesNotContain("rmk_shown-once");
        assertThat(admin.follow(answer).text("code.secret")).isEqualTo("rmk_shown-once");
        assertThat(admin.follow(answer).body()).doesNotContain("rmk_shown-once");
        assertThat(service.call(KEYS).body()).contains("\"roles\":[\"producer\",\"consumer\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', null",
        "2027-01-01T00:00, '\"2027-01-01T00:00:00Z\"'",
        "2027-01-01T00:00:00Z, '\"2027-01-01T00:00:00Z\"'",
        "2027-01-01T00:00+01:00, '\"2026-12-31T23:00:00Z\"'"
    })
    void aKeyExpiresWhenItIsSaid(String typed, String expires) throws Exception {
        service.answers(KEYS, 201, MADE);

        visitors.admin().send("/applications/shop/keys", "roles", "producer", "expiresAt", typed, "reason", "new shop");

        assertThat(service.call(KEYS).body()).contains("\"expiresAt\":" + expires);
    }

    /** Left out, the key would never expire. */
    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2027-01-01", "01.01.2027 00:00", "<script>"})
    void aTimeOfExpiryThatCannotBeReadMakesNoKey(String typed) throws Exception {
        service.answers(KEYS, 201, MADE);
        var admin = visitors.admin();

        var page = admin.act("/applications/shop/keys", "roles", "producer", "expiresAt", typed, "reason", "new shop");

        assertThat(service.calls(KEYS)).isEmpty();
        assertThat(page.text(".notice.is-bad")).isEqualTo("This time cannot be read, so no key was created. " + typed);
    }

    @Test
    void aKeyShowsWhatItIsForAndHowLong() throws Exception {
        service.answers(
                "GET /admin/applications",
                ApplicationFixture.page(ApplicationFixture.named("shop")
                        .keys(
                                new Key(
                                        "rmk_ab",
                                        List.of("PRODUCER", "CONSUMER"),
                                        false,
                                        Fixtures.AT,
                                        LocalDate.parse("2026-11-20"),
                                        Instant.parse("2099-01-01T00:00:00Z")),
                                new Key("rmk_cd", List.of("VIEWER"), true, Fixtures.AT, null, null),
                                new Key("rmk_ef", List.of("VIEWER"), false, Fixtures.AT, null, Fixtures.AT))));

        var page = visitors.admin().open("/applications");

        assertThat(page.html().select("#a-shop tbody tr").stream()
                        .map(row -> row.select("th, td:not(:last-child)").text()))
                .containsExactly(
                        "rmk_ab… producer, consumer 2026-11-20 2099-01-01 00:00:00",
                        "rmk_cd… from the configuration viewer never never",
                        "rmk_ef… viewer never 2026-11-21 10:00:00");
        assertThat(page.values("form[action^=/keys/]", "action"))
                .as("live, and not of the configuration")
                .containsExactly("/keys/rmk_ab/expire");
    }

    @ParameterizedTest
    @CsvSource({"viewer, 0", "operator, 1", "lead, 1", "admin, 2"})
    void onlyAnAdminMakesAndExpiresKeys(String role, int forms) throws Exception {
        var page = visitors.as(role).open("/applications");

        assertThat(page.html().select("form[action^=/applications/]")).hasSize(forms);
        assertThat(page.texts(".action small").contains("needs the role admin")).isEqualTo(!role.equals("admin"));
    }

    @Test
    void aKeyIsExpiredWithAReason() throws Exception {
        service.answers(
                        "GET /admin/applications",
                        ApplicationFixture.page(
                                ApplicationFixture.named("shop").keys(ApplicationFixture.key("rmk_ab"))))
                .answers("POST /admin/keys/rmk_ab/expire", 204, "");
        var admin = visitors.admin();

        var answer = admin.submit(admin.open("/applications"), "form[action^=/keys/]", "reason", "it leaked");

        assertThat(service.call("POST /admin/keys/rmk_ab/expire").body()).contains("it leaked");
        assertThat(admin.follow(answer).text(".notice.is-good")).isEqualTo("Key rmk_ab expired.");
    }
}
