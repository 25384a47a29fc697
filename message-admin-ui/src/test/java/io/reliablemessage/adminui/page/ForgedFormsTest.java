package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.ConsoleAction;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No site can act for somebody who is logged in, and nobody acts without a login. */
@ExtendWith(SharedConsole.class)
class ForgedFormsTest {

    private final StubService service;
    private final Visitors visitors;

    ForgedFormsTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @EnumSource
    void aFormWithoutItsTokenIsRefused(ConsoleAction action) throws Exception {
        var answer = visitors.lead().browser().post(action.path, Map.of("reason", "forged"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theTokenOfSomebodyElseIsRefused(ConsoleAction action) throws Exception {
        var other =
                visitors.viewer().open("/nowhere").first("input[name=_csrf]").attr("value");

        var answer = visitors.lead().browser().post(action.path, Map.of("reason", "forged", "_csrf", other));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsNotLoggedInIsLedToTheLogin(ConsoleAction action) throws Exception {
        var nobody = visitors.nobody();
        var token = nobody.open("/login").first("input[name=_csrf]").attr("value");

        var answer = nobody.browser().post(action.path, Map.of("reason", "forged", "_csrf", token));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        assertThat(service.calls()).isEmpty();
    }

    /** A link or a picture is enough for those. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"START_OPERATION", "CREATE_APPLICATION"}) // their paths are lists
    void aGetChangesNothing(ConsoleAction action) throws Exception {
        var page = visitors.lead().open(action.path + "?reason=forged&decision=CONFIRM");

        assertThat(page.status()).isIn(404, 405);
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsAreRefusedLikeAForgedForm(String method) throws Exception {
        for (var action : List.of(ConsoleAction.RESEND, ConsoleAction.START_OPERATION, ConsoleAction.MAKE_KEY)) {
            var answer = visitors.lead().browser().send(method, action.path, "reason=forged");

            assertThat(answer.statusCode()).isEqualTo(403);
        }
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "FOO"})
    void unusualMethodsAreNoError(String method) throws Exception {
        var answer = visitors.lead().browser().send(method, "/messages", "");

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(service.calls()).isEmpty();
    }
}
