package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.ConsoleAction;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every action, whatever the service answers: the operator is led to a page that says what came of it. */
@ExtendWith(SharedConsole.class)
class ActionOutcomesTest {

    private static final String UNKNOWN =
            "No response: the action may or may not have been carried out. Check the state before you repeat it.";

    private final StubService service;
    private final Visitors visitors;

    ActionOutcomesTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDoneIsSaidOnce(ConsoleAction action) throws Exception {
        action.succeeds(service);
        var lead = visitors.lead();

        var answer = action.sentBy(lead);
        var page = lead.follow(answer);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text(".notice.is-good strong")).isEqualTo(action.done);
        assertThat(service.calls(action.call)).hasSize(1);
        assertThat(lead.follow(answer).has(".notice.is-good strong"))
                .as("shown again")
                .isFalse();
    }

    /** Nobody knows how far it came. */
    @ParameterizedTest
    @EnumSource
    void aFailureOfTheServiceIsNoRefusal(ConsoleAction action) throws Exception {
        service.refuses(action.call, ProblemType.INTERNAL_ERROR, "The service failed.");
        var lead = visitors.lead();

        var page = lead.follow(action.sentBy(lead));

        assertThat(page.text(".notice.is-bad strong")).isEqualTo(UNKNOWN);
        assertThat(service.calls(action.call)).as("not repeated").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRefusedIsSaidWithTheServicesReason(ConsoleAction action) throws Exception {
        service.refuses(action.call, ProblemType.TRANSITION_REFUSED, "It is <i>final</i>.");
        var lead = visitors.lead();

        var page = lead.follow(action.sentBy(lead));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text(".notice.is-bad strong")).isEqualTo("Too late: it is in another state by now.");
        assertThat(page.text(".notice.is-bad .quoted")).isEqualTo("It is <i>final</i>.");
        assertThat(service.calls(action.call)).as("not repeated").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatMayOrMayNotHaveBeenDoneIsNotCalledDone(ConsoleAction action) throws Exception {
        service.cutsOff(action.call);
        var lead = visitors.lead();

        var page = lead.follow(action.sentBy(lead));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text(".notice.is-bad strong")).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverMayNotIsToldByTheService(ConsoleAction action) throws Exception {
        service.refuses(action.call, ProblemType.FORBIDDEN, "It takes another role.");
        var viewer = visitors.viewer().speaking("zh-CN");

        var page = viewer.follow(action.sentBy(viewer));

        assertThat(page.text(".notice.is-bad strong")).isEqualTo("当前角色无权执行此操作。");
        assertThat(service.call(action.call).headers()).containsEntry("RM-Roles", "VIEWER");
    }

    @ParameterizedTest
    @CsvSource({
        "400, MALFORMED_REQUEST, The service refused the request.",
        "403, FORBIDDEN, Your role does not allow that.",
        "404, MESSAGE_NOT_FOUND, There is no such message.",
        "404, NOT_FOUND, There is no such object.",
        "409, TRANSITION_REFUSED, Too late: it is in another state by now.",
        "409, COUNT_DIFFERS, The service refused the request.",
        "409, OPERATION_OVER, The service refused the request.",
        "409, NOT_ASKED, The service refused the request.",
        "409, CONTENT_DIFFERS, The service refused the request.",
        "413, TOO_LARGE, The service refused the request.",
        "422, INVALID_REQUEST, The service does not accept this input.",
        "422, AMBIGUOUS_SUBSCRIPTION, The service refused the request.",
        "429, TOO_MANY_CALLS, The console calls too often; wait a moment."
    })
    void eachRefusalHasItsWords(int status, ProblemType type, String words) throws Exception {
        assertThat(type.status()).isEqualTo(status);
        service.refuses(ConsoleAction.RESEND.call, type, "for a reason");
        var operator = visitors.operator();

        var page = operator.follow(ConsoleAction.RESEND.sentBy(operator));

        assertThat(page.text(".notice.is-bad")).isEqualTo(words + " for a reason");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {\"type\": \"/problems/unavailable\", \"detail\": \"the database does not answer\"}",
                "401 | {\"type\": \"/problems/unauthenticated\"}",
                "500 | <html>Internal Server Error</html>",
                "502 | ''",
                "200 | not json",
                "200 | null",
                "302 | ''"
            })
    void anAnswerThatIsOfNoUseLeavesTheOutcomeOpen(int status, String answer) throws Exception {
        service.answers(ConsoleAction.RESEND.call, status, answer);
        var operator = visitors.operator();

        var page = operator.follow(ConsoleAction.RESEND.sentBy(operator));

        assertThat(page.text(".notice.is-bad strong")).isEqualTo(UNKNOWN);
        assertThat(service.calls(ConsoleAction.RESEND.call)).as("not repeated").hasSize(1);
    }

    @Test
    void whatCannotBeReadOfAnAnswerIsNotShown() throws Exception {
        service.answers(ConsoleAction.RESEND.call, 502, "<html>secret of a proxy</html>");
        var operator = visitors.operator();

        var page = operator.follow(ConsoleAction.RESEND.sentBy(operator));

        assertThat(page.body()).doesNotContain("secret of a proxy", "Exception", StubService.KEY);
    }
}
