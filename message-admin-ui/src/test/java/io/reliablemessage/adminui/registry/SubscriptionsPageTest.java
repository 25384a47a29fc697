package io.reliablemessage.adminui.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.registry.SubscriptionsView.Counts;
import io.reliablemessage.adminapi.registry.SubscriptionsView.Terms;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.SubscriptionFixture;
import io.reliablemessage.adminui.fixture.TopicFixture;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics and subscriptions as they stand, and what operators change about them. */
@ExtendWith(SharedConsole.class)
class SubscriptionsPageTest {

    private static final String OVERRIDE = "PUT /admin/subscriptions/points/override";

    private final StubService service;
    private final Visitors visitors;

    SubscriptionsPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void aTopicLeadsToItsSubscriptionsAndToWhatIsDead() throws Exception {
        service.answers(
                "GET /admin/topics",
                TopicFixture.page(
                        TopicFixture.named("order.placed")
                                .subscriptions("points", "stock")
                                .dead(1_200)
                                .rejected(3),
                        TopicFixture.named("order.paid").subscriptions()));

        var page = visitors.viewer().open("/topics");

        assertThat(page.texts("tbody tr"))
                .containsExactly("order.placed shop points, stock 1\u202f200 3 20 s", "order.paid shop none 0 0 20 s");
        assertThat(page.links("tbody tr:first-child a"))
                .containsExactly(
                        "/subscriptions?topic=order.placed",
                        "/messages?producer=shop",
                        "/subscriptions?name=points",
                        "/subscriptions?name=stock",
                        "/causes?state=DEAD&topic=order.placed",
                        "/causes?state=REJECTED&topic=order.placed");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "?topic=a%26b, topic=a&b",
        "?application=points, application=points",
        "?name=points, name=points",
        "?topic=t&application=a&name=n&cursor=c, topic=t&application=a&name=n&cursor=c",
        "?topic=&name=, ''"
    })
    void subscriptionsAreAskedForByTopicApplicationOrName(String address, String query) throws Exception {
        visitors.viewer().open("/subscriptions" + address);

        assertThat(service.call("GET /admin/subscriptions").query()).isEqualTo(query);
    }

    @Test
    void aSubscriptionShowsItsNumbersAndWhereTheyAre() throws Exception {
        var points = SubscriptionFixture.named("points")
                .counts(new Counts(10_000, true, 3, 2))
                .queued(7)
                .ratePerSecond(50);
        service.answers("GET /admin/subscriptions", SubscriptionFixture.page(points));

        var page = visitors.viewer().open("/subscriptions");

        assertThat(page.texts(".totals > div"))
                .containsExactly("Sending 10\u202f000+", "Dead 3", "Rejected 2", "Queued 7", "Per second 50");
        assertThat(page.links(".totals a"))
                .containsExactly(
                        "/messages?state=SENDING&subscription=points&window=all",
                        "/messages?state=DEAD&subscription=points&window=all",
                        "/messages?state=REJECTED&subscription=points&window=all");
        assertThat(page.text("figcaption")).isEqualTo("Schedule until given up: 3 attempts within 1 min");
        assertThat(page.texts("figure li")).containsExactly("send", "+30 s", "+1 min");
    }

    @Test
    void whatTheBrokerDoesNotSayIsNotCalledZero() throws Exception {
        service.answers(
                "GET /admin/subscriptions",
                SubscriptionFixture.page(SubscriptionFixture.named("points").queued(null)));

        assertThat(visitors.viewer().open("/subscriptions").texts(".totals > div"))
                .contains("Queued –", "Per second ∞");
    }

    @ParameterizedTest
    @CsvSource({"false, pause", "true, resume"})
    void whatIsPausedCanBeResumedAndTheOtherWayRound(boolean isPaused, String act) throws Exception {
        service.answers(
                        "GET /admin/subscriptions",
                        SubscriptionFixture.page(
                                SubscriptionFixture.named("points").paused(isPaused)))
                .answers("POST /admin/subscriptions/points/" + act, 204, "");
        var lead = visitors.lead();
        var page = lead.open("/subscriptions");
        assertThat(page.values("form[action^=/subscriptions/]", "action"))
                .containsExactly("/subscriptions/points/" + act, "/subscriptions/points/override");
        assertThat(page.texts(".state")).isEqualTo(isPaused ? List.of("paused") : List.of());

        var answer = lead.submit(page, "form[action$=/" + act + "]", "reason", "points is being moved");

        assertThat(answer.location()).isEqualTo("/subscriptions?name=points");
        assertThat(service.call("POST /admin/subscriptions/points/" + act).body())
                .contains("points is being moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator"})
    void onlyALeadChangesASubscription(String role) throws Exception {
        var page = visitors.as(role).open("/subscriptions");

        assertThat(page.has("form[action^=/subscriptions/]")).isFalse();
        assertThat(page.texts(".action small")).containsOnly("needs the role lead");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30s, 5m 1h 1d | [\"PT30S\",\"PT5M\",\"PT1H\",\"PT24H\"]",
                "PT1M          | [\"PT1M\"]",
                "  30s ,, 1m , | [\"PT30S\",\"PT1M\"]",
                "''            | null",
                "' , '         | null"
            })
    void waitsAreReadAsPeopleWriteThem(String typed, String schedule) throws Exception {
        service.answers(OVERRIDE, 204, "");

        visitors.lead().send("/subscriptions/points/override", "schedule", typed, "reason", "slow today");

        assertThat(service.call(OVERRIDE).body()).contains("\"schedule\":" + schedule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5", "30s, soon", "1h; 2h", "-", "30 s x", "<script>"})
    void waitsThatCannotBeReadChangeNothing(String typed) throws Exception {
        var lead = visitors.lead();

        var page = lead.act("/subscriptions/points/override", "schedule", typed, "reason", "slow today");

        assertThat(page.text(".notice.is-bad strong")).startsWith("These intervals cannot be read.");
        assertThat(page.text(".notice.is-bad .quoted")).isEqualTo(typed);
        assertThat(service.calls(OVERRIDE)).isEmpty();
    }

    @Test
    void theOverrideInForceIsInItsForm() throws Exception {
        var points = SubscriptionFixture.named("points").overridden(true).override(new Terms(null, 5, 20));
        service.answers("GET /admin/subscriptions", SubscriptionFixture.page(points))
                .answers(OVERRIDE, 204, "");
        var lead = visitors.lead();
        var page = lead.open("/subscriptions");
        assertThat(page.texts(".state")).containsExactly("overridden");

        lead.submit(page, "form[action$=/override]", "reason", "as before");

        assertThat(service.call(OVERRIDE).body())
                .isEqualTo("{\"schedule\":null,\"maxAttempts\":5,\"ratePerSecond\":20,\"reason\":\"as before\"}");
    }

    @ParameterizedTest
    @CsvSource({"maxAttempts, many", "maxAttempts, 1.5", "ratePerSecond, 99999999999", "ratePerSecond, 1e3"})
    void anOverrideThatIsNoNumberIsABadRequest(String field, String typed) throws Exception {
        var answer = visitors.lead().send("/subscriptions/points/override", field, typed, "reason", "why");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void aSubscriptionThatIsRetiredSaysSince() throws Exception {
        service.answers(
                "GET /admin/subscriptions",
                SubscriptionFixture.page(SubscriptionFixture.named("points").retiredAt(Fixtures.AT)));

        assertThat(visitors.viewer().open("/subscriptions").texts(".state"))
                .containsExactly("retired 2026-11-21 10:00:00");
    }

    @Test
    void nothingThatMatchesIsSaid() throws Exception {
        service.answers("GET /admin/subscriptions", SubscriptionFixture.page())
                .answers("GET /admin/topics", TopicFixture.page());

        var page = visitors.viewer().open("/subscriptions?topic=t&application=a");

        assertThat(page.text(".empty")).isEqualTo("No subscription matches.");
        assertThat(page.links("a.chip")).containsExactly("/subscriptions?application=a", "/subscriptions?topic=t");
        assertThat(visitors.viewer().open("/topics").text(".empty")).isEqualTo("No topic is registered.");
    }
}
