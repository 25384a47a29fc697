package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no HTTP client would send; most are refused before our code runs. */
class WireProblemsTest {

    private static final String KEY = "Host: localhost\r\nAuthorization: Bearer %s\r\n".formatted(Key.PRODUCER.value());

    private static final int EIGHT_MEBIBYTES = 8 * 1024 * 1024;

    private final Service service = Service.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET /messages HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: one\r\nHost: two\r\n\r\n",
                "GET /<script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GE(T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-\u0001: 1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"
            })
    void whatIsNoHttpIsMalformed(String request) {
        Refusal.of(MALFORMED_REQUEST, exchange(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/9.9", "POST / HTTP/1.1\r\nTransfer-Encoding: zip", "POST / HTTP/1.1\r\nExpect: cake"
            })
    void whatWeDoNotSpeakIsAProblemOfTheCaller(String head) {
        var answer = exchange(head + "\r\n" + KEY + "\r\n");

        assertThat(answer.status()).isBetween(400, 599);
        assertThat(answer.text("type")).isEqualTo(MALFORMED_REQUEST.uri());
        assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
    }

    @Test
    void anOverlongAddressIsMalformed() {
        Refusal.of(MALFORMED_REQUEST, exchange("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + KEY + "\r\n"));
    }

    /** It is not the body's JSON that is broken. */
    @Test
    void whatTomcatRefusesIsExplained() {
        for (var request : List.of(
                "hello\r\n\r\n",
                "GET /messages?ids=" + "a".repeat(100_000) + " HTTP/1.1\r\n" + KEY + "\r\n",
                "GET / HTTP/1.1\r\n" + KEY + "X: " + "a".repeat(100_000) + "\r\n\r\n")) {
            assertThat(Refusal.of(MALFORMED_REQUEST, exchange(request)).text("detail"))
                    .contains("32 KB", "request line", "headers")
                    .doesNotContain("JSON");
        }
    }

    @Test
    void anOverlongHeaderIsMalformed() {
        Refusal.of(MALFORMED_REQUEST, exchange("GET / HTTP/1.1\r\n" + KEY + "X: " + "a".repeat(100_000) + "\r\n\r\n"));
    }

    @Test
    void tooManyHeadersAreMalformed() {
        Refusal.of(MALFORMED_REQUEST, exchange("GET / HTTP/1.1\r\n" + KEY + "X: 1\r\n".repeat(1_000) + "\r\n"));
    }

    @Test
    void traceEchoesNothing() {
        var answer = Refusal.of(METHOD_NOT_ALLOWED, exchange("TRACE /messages HTTP/1.1\r\n" + KEY + "\r\n"));

        assertThat(answer.body().toString()).doesNotContain(Key.PRODUCER.value());
        assertThat(answer.text("detail")).contains("TRACE", "any path");
        assertThat(answer.headers().firstValue("Allow")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "get", "CONNECT"})
    void aMethodThatIsNoneIsRefused(String method) {
        var answer = exchange(method + " /messages HTTP/1.1\r\n" + KEY + "\r\n");

        assertThat(answer.status()).isIn(400, 405, 501);
        assertThat(answer.text("type")).isIn(MALFORMED_REQUEST.uri(), METHOD_NOT_ALLOWED.uri());
    }

    @Test
    void aBodyThatAnnouncesTooMuchIsRefusedBeforeItIsSent() {
        Refusal.of(
                TOO_LARGE,
                exchange("POST /messages/prepare HTTP/1.1\r\n" + KEY
                        + "Content-Type: application/json\r\nContent-Length: 8388609\r\n\r\n"));
        Refusal.of(
                TOO_LARGE,
                exchange("POST /messages/prepare HTTP/1.1\r\n" + KEY
                        + "Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n"));
    }

    /** Of the 64 MiB for all bodies under way, large ones take 56: seven of 8 MiB. */
    @Test
    void largeBodiesAreRefusedWhileManyAreUnderWayAndSmallOnesAreNot() {
        var announced = announced(60);
        await().until(() -> announced.stream().filter(RawConnection::isAnswered).count() == 53);

        announced.stream().filter(RawConnection::isAnswered).forEach(connection -> {
            var refused = Refusal.of(UNAVAILABLE, connection.receive());
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        });
        Refusal.of(UNAVAILABLE, chunked(EIGHT_MEBIBYTES));
        service.newRoute().pending();

        announced.forEach(RawConnection::close);
        await().untilAsserted(() -> {
            var six = announced(6);
            chunked(EIGHT_MEBIBYTES).is(200);
            assertThat(six).noneMatch(RawConnection::isAnswered);
            six.forEach(RawConnection::close);
        });
    }

    private List<RawConnection> announced(int count) {
        var connections =
                Stream.generate(() -> new RawConnection(service)).limit(count).toList();
        connections.forEach(connection -> connection.send("POST /messages/prepare HTTP/1.1\r\n" + KEY
                + "Content-Type: application/json\r\nContent-Length: " + EIGHT_MEBIBYTES + "\r\n\r\n"));
        return connections;
    }

    /** An array without items. */
    private Answer chunked(int length) {
        return exchange("POST /messages/prepare HTTP/1.1\r\n" + KEY + "Content-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n[" + " ".repeat(length - 2)
                + "]\r\n0\r\n\r\n");
    }

    @Test
    void aCallerWithoutAKeyIsRefusedBeforeItsBodyIsSent() {
        try (var connection = new RawConnection(service)) {
            connection.send("POST /messages/prepare HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000000\r\n\r\n");

            Refusal.of(UNAUTHENTICATED, connection.receive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\u0001", "ada\u007f", "ada\u0085", "a\rX: y", "a\nb", "ada\u0000"})
    void anOperatorsNameHasNoControlCharacters(String actor) {
        var answer = exchange(
                "GET /messages/" + MessageFlow.newId() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Key.CONSOLE.value() + "\r\nRM-Actor: " + actor + "\r\nRM-Roles: admin\r\n\r\n");

        Refusal.of(MALFORMED_REQUEST, answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceparent", "tracestate", "Accept", "Content-Type", "X-Anything"})
    void aHeaderWithControlCharactersNeverBecomesAFailureOfOurs(String header) {
        var answer = exchange(
                "POST /messages/prepare HTTP/1.1\r\n" + KEY + header + ": a\u0085b\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void aBodyThatComesTooSlowlyMayBeSentAgain() {
        try (var impatient = Service.start(Map.of("server.tomcat.connection-timeout", "500ms"));
                var connection = new RawConnection(impatient)) {
            connection.send("POST /messages/prepare HTTP/1.1\r\n" + KEY
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"topic\":");

            var answer = connection.receive();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text("type")).isEqualTo("/problems/request-timeout");
            assertThat(answer.text("detail")).contains("body", "30 seconds", "nothing was done");
        }
    }

    private Answer exchange(String request) {
        return RawConnection.exchange(service, request);
    }
}
