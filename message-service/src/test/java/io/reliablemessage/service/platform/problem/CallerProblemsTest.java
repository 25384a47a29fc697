package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.service.platform.problem.Refusal.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls, and for whom: what is no key, and what a key may not say. */
class CallerProblemsTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final Api producer = service.as(Key.PRODUCER);
    private final Api consumer = service.as(Key.CONSUMER);

    @ParameterizedTest
    @EnumSource(
            value = Key.class,
            names = {"PRODUCER", "CONSUMER", "WORKER", "NOTHING", "EVERYTHING"})
    void onlyAConsoleMaySpeakForAnOperator(Key key) {
        var caller = service.as(key);

        of(MALFORMED_REQUEST, caller.call("PUT", "/topics/t", Map.of(), "RM-Actor", "ada"));
        of(MALFORMED_REQUEST, caller.call("PUT", "/topics/t", Map.of(), "RM-Roles", "admin"));
        of(MALFORMED_REQUEST, caller.call("PUT", "/topics/t", Map.of(), "RM-Actor", "", "RM-Roles", ""));
    }

    @Test
    void aConsoleNamesItsOperator() {
        of(FORBIDDEN, console());
        of(FORBIDDEN, console("RM-Roles", "admin"));
        of(FORBIDDEN, console("RM-Actor", " "));
        of(MALFORMED_REQUEST, console("RM-Actor", "a".repeat(101)));
        of(MALFORMED_REQUEST, console("RM-Actor", "ada", "RM-Actor", "bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "consumer", "worker", "console", "viewer,worker", "boss", "admin,", ","})
    void aConsolePassesOnNoRolesButThoseOfOperators(String roles) {
        of(MALFORMED_REQUEST, console("RM-Actor", "ada", "RM-Roles", roles));
    }

    private Answer console(String... headers) {
        return service.as(Key.CONSOLE).call("POST", "/messages/prepare", route.message(MessageFlow.newId()), headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic c2hvcDpzZWNyZXQ=",
                "Digest x",
                "Token abc",
                "bearer:abc",
                "Bearer a b"
            })
    void whatIsNoLiveKeyAuthenticatesNobody(String authorization) {
        var request =
                service.asNobody().request("/messages/" + MessageFlow.newId()).header("Authorization", authorization);

        var answer = of(UNAUTHENTICATED, Api.exchange(request));

        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void theSchemeIsWrittenAsOneLikes() {
        var request = service.asNobody().request("/messages/" + route.pending());

        Api.exchange(request.header("Authorization", "bEARER " + Key.PRODUCER.value()))
                .is(200);
    }

    @Test
    void ofTwoKeysNoneCounts() {
        var request = producer.request("/messages/" + MessageFlow.newId());

        of(MALFORMED_REQUEST, Api.exchange(request.header("Authorization", "Bearer " + Key.WORKER.value())));
    }
}
