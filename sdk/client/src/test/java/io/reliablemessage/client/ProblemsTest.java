package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reliablemessage.api.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the service's "no" reaches the caller. */
class ProblemsTest {

    private final StubService service = new StubService();
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void saysWhatBecameOfAMessageThatCannotBeConfirmed() {
        service.answers(409, """
            {"type":"/problems/transition-refused","title":"Transition refused","status":409,
             "detail":"Message 42 is CANCELLED.","messageId":"42","attempted":"CONFIRM","state":"CANCELLED"}\
            """);

        var refused = catchThrowableOfType(TransitionRefusedException.class, () -> client.confirm("42"));

        assertThat(refused.state()).isEqualTo("CANCELLED");
        assertThat(refused.attempted()).isEqualTo("CONFIRM");
        assertThat(refused.type()).contains(ProblemType.TRANSITION_REFUSED);
        assertThat(refused.members()).containsOnlyKeys("messageId", "attempted", "state");
        assertThat(refused)
                .hasMessage("POST /messages/confirm of 42 - 409 Transition refused: Message 42 is CANCELLED.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"/problems/transition-refused\"}",
                "{\"type\":\"/problems/transition-refused\",\"state\":7}"
            })
    void survivesARefusalThatDoesNotSayWhy(String body) {
        service.answers(409, body);

        var refused = catchThrowableOfType(TransitionRefusedException.class, () -> client.confirm("42"));

        assertThat(refused.state()).isEmpty();
        assertThat(refused.detail()).isEmpty();
    }

    @Test
    void tellsTheServicesNotFoundFromAProxys() {
        service.answers(
                404, "{\"type\":\"https://m.example.com/problems/message-not-found\",\"title\":\"Message not found\"}");
        assertThatThrownBy(() -> client.ack("42", null)).isInstanceOf(MessageNotFoundException.class);

        service.answers(exchange -> StubService.respond(exchange, 404, "text/html", "<h1>404</h1>"));
        assertThatThrownBy(() -> client.ack("42", null))
                .isExactlyInstanceOf(MessageProblemException.class)
                .hasMessageContaining("text/html")
                .hasMessageContaining("Check the url");
    }

    @Test
    void toleratesAProblemOfAKindItDoesNotKnow() {
        service.answers(
                422,
                "{\"type\":\"/problems/from-the-future\",\"title\":\"New\",\"detail\":\"Do this.\",\"n\":[1,null]}");

        var problem = catchThrowableOfType(MessageProblemException.class, () -> client.confirm("42"));

        assertThat(problem).isExactlyInstanceOf(MessageProblemException.class);
        assertThat(problem.type()).isEmpty();
        assertThat(problem.typeUri()).isEqualTo("/problems/from-the-future");
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.detail()).contains("Do this.");
        assertThat(problem.members()).containsOnlyKeys("n");
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryKindOfProblem(ProblemType type) {
        service.answers(type.status(), "{\"type\":\"" + type.uri() + "\",\"title\":\"" + type.title() + "\"}");

        var problem = catchThrowableOfType(MessageProblemException.class, () -> client.confirm("42"));

        assertThat(problem.type()).contains(type);
        assertThat(problem.status()).isEqualTo(type.status());
        assertThat(problem instanceof ServiceUnavailableException)
                .isEqualTo(type.status() >= 500 || type.status() == 408 || type.status() == 429);
    }

    @Test
    void handsOnWhenToComeBack() {
        service.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "20"); // longer than the call may last
            StubService.json(503, "{\"type\":\"/problems/unavailable\"}").to(exchange);
        });

        var unavailable = catchThrowableOfType(ServiceUnavailableException.class, () -> client.confirm("42"));

        assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(20));
        assertThat(unavailable.type()).contains(ProblemType.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999999999", ""})
    void ignoresARetryAfterItCannotRead(String value) {
        service.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            StubService.json(503, "{}").to(exchange);
        });

        var unavailable = catchThrowableOfType(ServiceUnavailableException.class, () -> client.confirm("42"));

        assertThat(unavailable.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsWorthRepeatingWhoeverSaysIt(int status) {
        service.answers(exchange -> StubService.respond(exchange, status, "text/html", "<h1>busy</h1>"));

        assertThatThrownBy(() -> client.confirm("42"))
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        e -> assertThat(e.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "7", "{", "{\"type\":7}", "\u0000\u0001", "{\"type\":\"x\"} trailing"})
    void survivesGarbageInPlaceOfAProblem(String body) {
        service.answers(400, body);

        var problem = catchThrowableOfType(MessageProblemException.class, () -> client.confirm("42"));

        assertThat(problem).isExactlyInstanceOf(MessageProblemException.class);
        assertThat(problem.typeUri()).isEqualTo("about:blank");
        assertThat(problem.status()).isEqualTo(400);
    }
}
