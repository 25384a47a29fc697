package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.ConsoleAction;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Every action as it reaches the service: in whose name, and with what body. */
@ExtendWith(SharedConsole.class)
class ActionCallsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final StubService service;
    private final Visitors visitors;

    ActionCallsTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @EnumSource
    void isMadeWithTheConsolesKeyInTheOperatorsName(ConsoleAction action) throws Exception {
        action.succeeds(service);

        action.sentBy(visitors.lead());

        assertThat(service.call(action.call).headers())
                .containsEntry("Authorization", "Bearer " + StubService.KEY)
                .containsEntry("RM-Actor", "lead")
                .containsEntry("RM-Roles", "LEAD")
                .containsEntry("Content-Type", "application/json")
                .doesNotContainKey("Cookie");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RESEND             | {'reason': 'it is known'}",
                "DISCARD            | {'reason': 'it is known'}",
                "CHECKBACK          | {'reason': 'it is known'}",
                "DECIDE             | {'decision': 'CANCEL', 'reason': 'it is known'}",
                "NOTE               | {'text': 'the database is full'}",
                "PAUSE_OPERATION    | {'reason': 'it is known'}",
                "RESUME_OPERATION   | {'reason': 'it is known'}",
                "CANCEL_OPERATION   | {'reason': 'it is known'}",
                "SET_RATE           | {'ratePerSecond': null, 'reason': 'it is known'}",
                "RETRY_OPERATION    | {'ratePerSecond': null, 'canary': null, 'reason': 'it is known'}",
                "PAUSE_SUBSCRIPTION | {'reason': 'it is known'}",
                "RESUME_SUBSCRIPTION | {'reason': 'it is known'}",
                "OVERRIDE           | {'schedule': null, 'maxAttempts': null, 'ratePerSecond': null, 'reason': 'it is"
                        + " known'}",
                "CHECK_APPLICATION  | {'reason': 'it is known'}",
                "CREATE_APPLICATION | {'reason': 'it is known'}",
                "MAKE_KEY           | {'roles': null, 'expiresAt': null, 'reason': 'it is known'}",
                "EXPIRE_KEY         | {'reason': 'it is known'}"
            })
    void saysWhatItsFormSays(ConsoleAction action, String body) throws Exception {
        action.succeeds(service);

        action.sentBy(visitors.lead());

        assertThat(JSON.readTree(service.call(action.call).body())).isEqualTo(JSON.readTree(body.replace('\'', '"')));
    }

    @Test
    void anOperationIsStartedWithItsWholePlan() throws Exception {
        ConsoleAction.START_OPERATION.succeeds(service);

        visitors.lead()
                .send(
                        "/operations",
                        "id",
                        "01a20060-2000-7aaa-8bbb-1366a471eb21",
                        "action",
                        "DISCARD",
                        "expected",
                        "12",
                        "ratePerSecond",
                        "50",
                        "canary",
                        "5",
                        "reason",
                        "不再需要",
                        "fingerprint",
                        "5ca1ab1e",
                        "runAgain",
                        "true",
                        "state",
                        "DEAD",
                        "topic",
                        "order.placed",
                        "subscription",
                        "points",
                        "window",
                        "all");

        var body = service.call("POST /admin/operations").body();
        assertThat(JSON.readTree(body)).isEqualTo(JSON.readTree("""
            {"id": "01a20060-2000-7aaa-8bbb-1366a471eb21", "action": "DISCARD", "expected": 12, "fingerprint": "5ca1ab1e", "ratePerSecond": 50,
             "canary": 5, "reason": "不再需要", "runAgain": true,
             "filter": {"state": "DEAD", "topic": "order.placed", "subscription": "points"}}
            """));
    }

    /** The service refuses it and says so; the console invents no reason. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOTE", "START_OPERATION", "CREATE_APPLICATION"})
    void aReasonThatIsMissingIsNotMadeUp(ConsoleAction action) throws Exception {
        action.succeeds(service);

        action.sentWithoutReason(visitors.lead());

        assertThat(JSON.readTree(service.call(action.call).body())
                        .path("reason")
                        .asString())
                .isEmpty();
    }

    @Test
    void aReasonOfAnyLengthAndAnySignIsPassedOn() throws Exception {
        ConsoleAction.RESEND.succeeds(service);
        var reason = "\"quoted\" \\ 原因 🚀 <b> \u0001\t\n" + "x".repeat(10_000);

        visitors.operator().send(ConsoleAction.RESEND.path, "subscription", "*", "reason", reason);

        var body = JSON.readTree(service.call(ConsoleAction.RESEND.call).body());
        assertThat(body.path("reason").asString()).isEqualTo(reason);
    }
}
