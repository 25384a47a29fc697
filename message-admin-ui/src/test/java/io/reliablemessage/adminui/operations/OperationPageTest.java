package io.reliablemessage.adminui.operations;

import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static io.reliablemessage.adminui.fixture.Fixtures.OPERATION_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationItemsView.Item;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.OperationFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations, one of them and its deliveries, and what can be done about it. */
@ExtendWith(SharedConsole.class)
class OperationPageTest {

    private static final String PAGE = "/operations/" + OPERATION_ID;
    private static final String CALL = "GET /admin/operations/" + OPERATION_ID;

    private final StubService service;
    private final Visitors visitors;

    OperationPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void theListShowsWhatWhoAndWhy() throws Exception {
        var page = visitors.viewer().open("/operations");

        assertThat(page.text(".card h2")).isEqualTo("Resend 1\u202f200");
        assertThat(page.first(".card h2 a").attr("href")).isEqualTo(PAGE);
        assertThat(page.text(".card .state")).isEqualTo("Running");
        assertThat(page.text(".card .what")).isEqualTo("State Dead · Subscription points");
        assertThat(page.html().select(".card").text())
                .contains("ada,", "points is mended", "640 / 1\u202f200", "600 / 1\u202f200");
        assertThat(service.call("GET /admin/operations").query()).isEqualTo("limit=50");
    }

    @ParameterizedTest
    @EnumSource
    void theListCanBeOfOneState(OperationState state) throws Exception {
        service.answers("GET /admin/operations", OperationFixture.page());

        var page = visitors.viewer().open("/operations?state=" + state);

        assertThat(service.call("GET /admin/operations").query()).isEqualTo("state=%s&limit=50".formatted(state));
        assertThat(page.texts("nav.tabs a[aria-current=true]")).hasSize(1).doesNotContain("All");
        assertThat(page.text(".empty .big")).isEqualTo("No operation yet.");
    }

    /** What is offered, by the end of its form's address. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "running  | viewer   | ''",
                "running  | operator | pause rate cancel",
                "canary   | operator | pause rate cancel",
                "paused   | operator | resume rate cancel",
                "paused   | viewer   | ''",
                "finished | operator | ''",
                "failed   | operator | retry",
                "failed   | viewer   | ''"
            })
    void offersWhatItsStateAllows(String state, String role, String offered) throws Exception {
        service.answers(CALL, in(state));

        var page = visitors.as(role).open(PAGE);

        assertThat(page.values("#actions form", "action").stream().map(action -> action.substring(PAGE.length() + 1)))
                .containsExactlyElementsOf(offered.isEmpty() ? List.of() : Arrays.asList(offered.split(" ", -1)));
        assertThat(page.texts("#actions small").stream().allMatch("needs the role operator"::equals))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ada, by ada", "service, by the service: a canary was not consumed"})
    void aPauseSaysByWhom(String by, String shown) throws Exception {
        service.answers(CALL, OperationFixture.paused(by).build());

        var page = visitors.operator().open(PAGE);

        assertThat(page.text(".head .soft")).isEqualTo(shown);
        assertThat(page.html().text().contains("the others are sent all the same."))
                .isEqualTo(by.equals("service"));
    }

    @Test
    void eachNumberLeadsToItsDeliveries() throws Exception {
        var page = visitors.viewer().open(PAGE);

        assertThat(page.texts(".totals > div"))
                .containsExactly(
                        "Due again 650",
                        "Re-sent 640",
                        "Consumed 600",
                        "Dead again 3",
                        "Rejected again 2",
                        "Skipped 40",
                        "Failed 10",
                        "Waiting 500");
        assertThat(page.links(".totals a")).contains(PAGE + "?outcome=FAILED#items", PAGE + "?outcome=WAITING#items");
    }

    @Test
    void aDiscardHasNumbersOfItsOwn() throws Exception {
        service.answers(CALL, OperationFixture.discarding().build());

        var page = visitors.viewer().open(PAGE);

        assertThat(page.text("h1")).isEqualTo("Discard 1\u202f200");
        assertThat(page.texts(".totals dt")).containsExactly("Discarded", "Skipped", "Failed", "Waiting");
        assertThat(page.texts(".bar-row .number")).containsExactly("650 / 1\u202f200");
    }

    @Test
    void theDeliveriesOfOneOutcomeAreAskedFor() throws Exception {
        var page = visitors.viewer().open(PAGE + "?outcome=FAILED");

        assertThat(service.call(CALL + "/items").query()).isEqualTo("outcome=FAILED&limit=50");
        assertThat(page.texts("#items nav a[aria-current=true]")).containsExactly("Failed");
        assertThat(page.texts(".totals .is-chosen dt")).containsExactly("Failed");
    }

    @Test
    void aDeliveryShowsItsOutcomeAndWhatBecameOfIt() throws Exception {
        service.answers(
                CALL + "/items",
                new OperationItemsView(
                        List.of(
                                new Item(
                                        MESSAGE_ID,
                                        "points",
                                        OperationOutcome.RESENT,
                                        null,
                                        Fixtures.AT,
                                        true,
                                        "CONSUMED"),
                                new Item(MESSAGE_ID, "points", OperationOutcome.RESENT, null, Fixtures.AT, true, null),
                                new Item(
                                        MESSAGE_ID,
                                        "points",
                                        OperationOutcome.SKIPPED,
                                        "DEDUPE_WINDOW",
                                        Fixtures.AT,
                                        false,
                                        null),
                                new Item(
                                        MESSAGE_ID,
                                        "points",
                                        OperationOutcome.FAILED,
                                        "its day was closed",
                                        null,
                                        false,
                                        null)),
                        null));

        var page = visitors.viewer().open(PAGE);

        assertThat(page.texts("#items tbody tr"))
                .containsExactly(
                        "…a471eb19 points Due again Consumed 2026-11-21 10:00:00",
                        "…a471eb19 points Due again Re-sent 2026-11-21 10:00:00",
                        "…a471eb19 points Skipped beyond the dedupe window 2026-11-21 10:00:00",
                        "…a471eb19 points Failed its day was closed");
        assertThat(page.links("#items tbody a")).containsOnly("/messages/" + MESSAGE_ID);
    }

    @Test
    void theFactsOfAnOperationAreShown() throws Exception {
        service.answers(
                CALL,
                OperationFixture.finished()
                        .ratePerSecond(50)
                        .canary(5)
                        .retryOf("01a20060-3000-7aaa-8bbb-1366a471eb22")
                        .build());

        var page = visitors.viewer().open(PAGE);

        assertThat(page.texts("dl.facts-list > div"))
                .containsExactly(
                        "Reason points is mended",
                        "Started by ada",
                        "Started 2026-11-21 10:00:00 UTC",
                        "Ended 2026-11-21 10:01:00 UTC",
                        "Rate 50 per second",
                        "Canary 5",
                        "Retry of …a471eb22");
        assertThat(page.first("#fresh").hasAttr("data-fast"))
                .as("nothing changes any more")
                .isFalse();
    }

    @Test
    void theFormsOfAnOperationReachTheService() throws Exception {
        service.answers(
                        "POST /admin" + PAGE + "/pause",
                        OperationFixture.paused("operator").build())
                .answers(
                        "PUT /admin" + PAGE + "/rate",
                        OperationFixture.running().build());
        var operator = visitors.operator();
        var page = operator.open(PAGE);

        operator.submit(page, "form[action$=/pause]", "reason", "too fast");
        operator.submit(page, "form[action$=/rate]", "reason", "slower", "ratePerSecond", "5");

        assertThat(service.call("POST /admin" + PAGE + "/pause").body()).isEqualTo("{\"reason\":\"too fast\"}");
        assertThat(service.call("PUT /admin" + PAGE + "/rate").body())
                .isEqualTo("{\"ratePerSecond\":5,\"reason\":\"slower\"}");
    }

    @Test
    void aRetryLeadsToTheNewOperation() throws Exception {
        var other = "01a20060-3000-7aaa-8bbb-1366a471eb22";
        service.answers(CALL, in("failed"))
                .answers(
                        "POST /admin" + PAGE + "/retry",
                        OperationFixture.running().id(other).build());
        var operator = visitors.operator();

        var answer = operator.submit(operator.open(PAGE), "form[action$=/retry]", "reason", "once more");

        assertThat(answer.location()).isEqualTo("/operations/" + other);
    }

    @ParameterizedTest
    @CsvSource({"many", "1.5", "99999999999"})
    void aRateThatIsNoNumberIsABadRequest(String rate) throws Exception {
        for (var act : List.of("/rate", "/retry")) {
            assertThat(visitors.operator()
                            .send(PAGE + act, "ratePerSecond", rate, "reason", "why")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(service.calls()).isEmpty();
    }

    private static OperationView in(String state) {
        return switch (state) {
            case "canary" ->
                OperationFixture.running().state(OperationState.CANARY).build();
            case "paused" -> OperationFixture.paused("ada").build();
            case "finished" -> OperationFixture.finished().build();
            case "failed" -> OperationFixture.finished().failed(2).build();
            default -> OperationFixture.running().build();
        };
    }
}
