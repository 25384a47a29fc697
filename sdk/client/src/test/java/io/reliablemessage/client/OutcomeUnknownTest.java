package io.reliablemessage.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reliablemessage.api.DeliveryState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller must never take silence, or noise, for an answer. */
@Timeout(30)
class OutcomeUnknownTest {

    private final StubService service = new StubService();
    private final ReliableMessageClient client = service.client();
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @AfterEach
    void stop() {
        testIsOver.countDown();
        service.close();
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var lonely =
                ReliableMessageClient.create(ClientSettings.of(URI.create("http://127.0.0.1:" + port), StubService.KEY)
                        .withRequestTimeout(Duration.ofSeconds(1)));

        var failure = catchThrowableOfType(ServiceUnavailableException.class, () -> lonely.confirm("42"));

        assertThat(failure.status()).isZero();
        assertThat(failure.type()).isEmpty();
        assertThat(failure)
                .hasMessage("POST /messages/confirm of 42 - No answer: no connection to http://127.0.0.1:" + port
                        + ": check the url, and that the service runs and can be reached from here");
    }

    @Test
    void theHostIsUnknown() {
        assertThatThrownBy(() ->
                        clientOf("http://no-such-host.invalid:8080/behind").confirm("42"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("no connection to http://no-such-host.invalid:8080/behind: no address is known")
                .hasMessageContaining("Check the url");
    }

    @Test
    void nobodySpeaksTlsThere() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var url = "https://127.0.0.1:" + server.getLocalPort();
            var answer = runAsync(() -> answerInPlainText(server));

            assertThatThrownBy(() -> clientOf(url).confirm("42"))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("no TLS with " + url)
                    .hasMessageContaining("Check the url's scheme");
            server.close();
            answer.join();
        }
    }

    /** Each connection, since a client whose first one is reset comes again. */
    private static void answerInPlainText(ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException hungUp) {
                // what comes back is no TLS
            }
        }
    }

    @Test
    void theAnswerTakesTooLong() {
        service.answers(exchange -> awaitEnd());

        assertThatThrownBy(() -> impatient().confirm("42"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageEndingWith("No answer: timed out: " + service.url() + " did not answer in time");
    }

    @Test
    void theAnswerStallsHalfWay() {
        service.answers(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"id\":\"4".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            awaitEnd();
        });

        assertThatThrownBy(() -> impatient().confirm("42")).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void theConnectionBreaks() {
        service.answers(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
        });

        assertThatThrownBy(() -> impatient().confirm("42"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("the connection to " + service.url() + " broke: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Please log in</html>",
                "{}",
                "[]",
                "null",
                "{\"id\":null,\"state\":\"SENDING\"}",
                "{\"id\":\"42\",\"state\":\"SEND",
                "{\"id\":\"42\",\"state\":{\"a\":1}}"
            })
    void somebodyElseSaysYes(String body) {
        service.answers(200, body);

        var failure = catchThrowableOfType(ServiceUnavailableException.class, () -> client.confirm("42"));

        assertThat(failure.status()).isEqualTo(200);
    }

    @Test
    void aNewStateDoesNotHideTheSuccess() {
        service.answers(200, "{\"id\":\"42\",\"subscription\":\"points\",\"state\":\"ARCHIVED\"}");

        assertThat(client.confirm("42").id()).isEqualTo("42");
        assertThat((Object) client.confirm("42").state()).isNull();
        assertThat(client.ack("42", null).state()).isNotEqualTo(DeliveryState.CONSUMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        try (var elsewhere = new StubService()) {
            service.answers(exchange -> {
                exchange.getResponseHeaders().set("Location", elsewhere.url() + "/login");
                exchange.sendResponseHeaders(status, -1);
            });

            assertThatThrownBy(() -> client.confirm("42"))
                    .isExactlyInstanceOf(MessageProblemException.class)
                    .hasMessageContaining(String.valueOf(status))
                    .hasMessageContaining("redirects are not followed");
            assertThat(elsewhere.calls()).isEmpty();
        }
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        service.answers(exchange -> awaitEnd());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.confirm("42")).isInstanceOf(ServiceUnavailableException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    private static ReliableMessageClient clientOf(String url) {
        return ReliableMessageClient.create(ClientSettings.of(URI.create(url), StubService.KEY));
    }

    private ReliableMessageClient impatient() {
        return ReliableMessageClient.create(service.settings().withRequestTimeout(Duration.ofMillis(300)));
    }

    private void awaitEnd() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
