package io.reliablemessage.webhook;

import static io.reliablemessage.testing.FaultyServer.repeats;
import static io.reliablemessage.testing.FaultyServer.sends;
import static io.reliablemessage.webhook.WebhookResult.Failed.FORBIDDEN_ADDRESS;
import static io.reliablemessage.webhook.WebhookResult.Failed.TIMEOUT;
import static io.reliablemessage.webhook.WebhookResult.Failed.TOO_LARGE;
import static io.reliablemessage.webhook.WebhookResult.Failed.UNREACHABLE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.testing.FaultyServer;
import io.reliablemessage.webhook.WebhookResult.Answered;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookClientTest {

    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final WebhookClient client = new WebhookClient(new AddressRules(List.of("127.0.0.1")), 4);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void sendsTheRequestAsItIs() {
        try (var server = new FaultyServer(sends(200, "", "{\"decisions\":[]}"))) {
            var report = answer(server.url());

            assertThat(report.status()).isEqualTo(200);
            assertThat(report.body()).asString().isEqualTo("{\"decisions\":[]}");
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /checkbacks HTTP/1.1\r\n")
                    .containsIgnoringCase("webhook-id: check_1\r\n")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .doesNotContainIgnoringCase("upgrade:", "accept-encoding", "cookie")
                    .endsWith("{\"messages\":[\"\u00c3\u00a9\"]}");
        }
    }

    static Stream<Arguments> whatComesBackIsReportedAsItIs() {
        return Stream.of(
                Arguments.of(301, "Location: http://127.0.0.1:1/\r\n", ""),
                Arguments.of(302, "Location: http://169.254.169.254/latest\r\n", ""),
                Arguments.of(307, "Location: /again\r\n", ""),
                Arguments.of(200, "Content-Type: text/html\r\n", "<html>"),
                Arguments.of(200, "", "{\"error\":\"no\"}"),
                Arguments.of(404, "", "not here"),
                Arguments.of(500, "", "oops"),
                Arguments.of(503, "Retry-After: 1\r\n", ""),
                Arguments.of(401, "WWW-Authenticate: Basic realm=x\r\n", ""),
                Arguments.of(200, "", ""));
    }

    @ParameterizedTest
    @MethodSource
    void whatComesBackIsReportedAsItIs(int status, String headers, String body) {
        try (var server = new FaultyServer(sends(status, headers, body))) {
            var report = answer(server.url());

            assertThat(report.status()).isEqualTo(status);
            assertThat(report.body()).asString(ISO_8859_1).isEqualTo(body);
            assertThat(server.requests()).as("no second try, no other place").hasSize(1);
        }
    }

    @Test
    void theSignatureIsPassedOnUnchecked() {
        var headers =
                "Webhook-Id: check_1\r\nwebhook-timestamp: soon\r\nWEBHOOK-SIGNATURE: v1,a v1,b\r\nX-Other: 1\r\n";
        try (var server = new FaultyServer(sends(200, headers, "{}"))) {
            assertThat(answer(server.url()).signature())
                    .isEqualTo(Map.of(
                            "webhook-id", "check_1", "webhook-timestamp", "soon", "webhook-signature", "v1,a v1,b"));
        }
    }

    @Test
    void withoutTlsItCallsOnlyWhatIsAllowed() {
        assertThat(ask("http://8.8.8.8/checkbacks")).isEqualTo(FORBIDDEN_ADDRESS);
    }

    @Test
    void noContentIsReportedAsSuch() {
        try (var server = new FaultyServer(sends("HTTP/1.1 204 No Content\r\n\r\n"))) {
            var report = answer(server.url());

            assertThat(report.status()).isEqualTo(204);
            assertThat(report.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 2\r\n\r\n{}",
                OK + "Content-Length: 2\r\nConnection: close\r\n\r\n{}",
                OK + "Content-Length: 2\r\nKeep-Alive: timeout=60\r\n\r\n{}",
                OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                OK + "Content-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\noops"
            })
    void aReadAnswerEndsItsConnectionInOrder(String answer) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var end = supplyAsync(() -> endAfter(answer, server));

            assertThat(ask("http://127.0.0.1:" + server.getLocalPort() + "/")).isInstanceOf(Answered.class);
            assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("end of stream");
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsCutOff() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var end = supplyAsync(() -> endAfter(OK + "Content-Length: 70000\r\n\r\n" + "x".repeat(65_537), server));

            assertThat(ask("http://127.0.0.1:" + server.getLocalPort() + "/")).isEqualTo(TOO_LARGE);
            assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("Connection reset");
        }
    }

    /** How the connection ends that a server keeps open after its answer. */
    private static String endAfter(String answer, ServerSocket server) {
        try (var socket = server.accept()) {
            socket.setSoTimeout(10_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            in.readLine();
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            in.transferTo(Writer.nullWriter());
            return "end of stream";
        } catch (IOException broken) {
            return String.valueOf(broken.getMessage());
        }
    }

    static Stream<Arguments> nothingLastsLongerThanItsDeadline() {
        return Stream.of(
                Arguments.of("silence", repeats("", "", 100)),
                Arguments.of("slow status line", repeats("HTTP/1.1 2", "0", 100)),
                Arguments.of("slow headers", repeats(OK, "X-A: b\r\n", 100)),
                Arguments.of("one header, byte by byte", repeats(OK + "X-A: ", "b", 100)),
                Arguments.of("interim answers for ever", repeats("", "HTTP/1.1 100 Continue\r\n\r\n", 50)),
                Arguments.of("one byte at a time", repeats(OK + "Content-Length: 1000\r\n\r\n", " ", 100)),
                Arguments.of(
                        "one chunk at a time", repeats(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", 100)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nothingLastsLongerThanItsDeadline(String name, FaultyServer.Behaviour behaviour) {
        try (var server = new FaultyServer(behaviour)) {
            var start = System.nanoTime();

            var result = ask(server.url());

            assertThat(result).isEqualTo(TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(DEADLINE, DEADLINE.plusSeconds(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 99999999999\r\n"})
    void anEndlessBodyIsCutOff(String headers) {
        try (var server = new FaultyServer(repeats(OK + headers + "\r\n", "x".repeat(8192), 0))) {
            assertThat(ask(server.url())).isEqualTo(TOO_LARGE);
            assertThat(server.sent()).as("nobody reads on").isLessThan(16 * 1024 * 1024);
        }
    }

    @Test
    void aBodyOf64KiBIsTakenAndOneByteMoreIsNot() {
        try (var fits = new FaultyServer(sends(200, "", "x".repeat(65_536)));
                var tooLarge = new FaultyServer(sends(200, "", "x".repeat(65_537)))) {
            assertThat(answer(fits.url()).body()).hasSize(65_536);
            assertThat(ask(tooLarge.url())).isEqualTo(TOO_LARGE);
        }
    }

    @Test
    void aCompressedBombStaysCompressed() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[20 * 1024 * 1024]);
        }
        var bytes = bomb.toString(ISO_8859_1);
        try (var server = new FaultyServer(sends(200, "Content-Encoding: gzip\r\n", bytes))) {
            var report = answer(server.url());

            assertThat(report.body()).asString(ISO_8859_1).isEqualTo(bytes);
        }
    }

    static Stream<Arguments> whatIsNoHttpIsUnreachable() {
        return Stream.of(
                Arguments.of("hangs up", sends("")),
                Arguments.of("hangs up in the middle", sends(OK + "Content-Length: 10\r\n\r\n12345")),
                Arguments.of("another protocol", sends("220 mail.example.com ESMTP\r\n\r\n\r\n\r\n")),
                Arguments.of("a line without end", repeats(OK + "X: ", "x".repeat(1000), 0)),
                Arguments.of("headers without end", repeats(OK, "X: y\r\n", 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatIsNoHttpIsUnreachable(String name, FaultyServer.Behaviour behaviour) {
        try (var server = new FaultyServer(behaviour)) {
            assertThat(ask(server.url())).isEqualTo(UNREACHABLE);
        }
    }

    @Test
    void whatIsDownIsUnreachable() {
        var server = new FaultyServer(sends(""));
        server.close();

        assertThat(ask(server.url())).isEqualTo(UNREACHABLE);
        assertThat(ask("https://no-such-host.invalid/")).isEqualTo(UNREACHABLE);
        assertThat(ask("no url at all")).isEqualTo(UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://10.0.0.1/",
                "http://[::1]:%d/",
                "http://[::ffff:10.0.0.1]/",
                "http://[fd00:ec2::254]/",
                "http://localhost:%d/",
                "http://127.0.0.2:%d/",
                "http://0.0.0.0:%d/"
            })
    void doesNotDialWhatIsNotPublic(String url) {
        try (var server = new FaultyServer(sends(200, "", "secret"))) {
            // the allow-list names 127.0.0.1 as a host, and no other way to say it
            assertThat(ask(url.formatted(java.net.URI.create(server.url()).getPort())))
                    .isEqualTo(FORBIDDEN_ADDRESS);
            assertThat(server.requests()).isEmpty();
        }
    }

    private WebhookResult.Answered answer(String url) {
        return (WebhookResult.Answered) ask(url);
    }

    private WebhookResult ask(String url) {
        return client.send(new WebhookRequest(
                url,
                Map.of("webhook-id", "check_1", "content-type", "application/json"),
                "{\"messages\":[\"é\"]}",
                DEADLINE));
    }
}
