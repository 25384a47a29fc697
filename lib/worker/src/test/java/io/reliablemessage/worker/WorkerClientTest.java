package io.reliablemessage.worker;

import static io.reliablemessage.testing.FaultyServer.repeats;
import static io.reliablemessage.testing.FaultyServer.sends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reliablemessage.adminapi.jobs.RedeliveryReport;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.testing.FaultyServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WorkerClientTest {

    private static final String KEY = "rmk_do-not-show-this";
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String REPORT =
            "{\"sent\":3,\"buried\":1,\"postponed\":2,\"more\":true,\"brokerAvailable\":true,\"news\":1}";

    @Test
    void sendsTheCommandAndReadsTheReport() {
        try (var service = new FaultyServer(sends(200, "Content-Type: application/json\r\n", REPORT))) {
            assertThat(client(service.url()).redeliver(500)).isEqualTo(new RedeliveryReport(3, 1, 2, true, true));

            assertThat(service.requests())
                    .singleElement()
                    .asString()
                    .contains("/jobs/redeliveries HTTP/1.1\r\n")
                    .containsIgnoringCase("authorization: Bearer " + KEY)
                    .endsWith("{\"limit\":500}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 409})
    void aRefusalIsOneAndRedirectsAreNotFollowed(int status) {
        try (var elsewhere = new FaultyServer(sends(200, "", REPORT));
                var service = new FaultyServer(sends(status, "Location: " + elsewhere.url() + "\r\n", KEY))) {
            var failure = failure(service.url());

            assertThat(failure.isRefusal()).isTrue();
            assertThat(failure).hasMessageContaining("POST /jobs/redeliveries - " + status);
            assertThat(failure.toString()).doesNotContain(KEY);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aProblemSaysWhatItIs() {
        var problem =
                "{\"type\":\"/problems/unauthenticated\",\"title\":\"Unauthenticated\",\"detail\":\"Unknown key.\"}";
        try (var service = new FaultyServer(sends(401, "Content-Type: application/problem+json\r\n", problem))) {
            var failure = failure(service.url());

            assertThat(failure).hasMessage("POST /jobs/redeliveries - 401 Unauthenticated: Unknown key.");
            assertThat(failure.kind()).isEqualTo("/problems/unauthenticated");
        }
    }

    static Stream<Arguments> nobodyKnowsWhetherItIsDone() {
        return Stream.of(
                Arguments.of("busy", sends(503, "Retry-After: 1\r\n", "")),
                Arguments.of("too many", sends(429, "", "")),
                Arguments.of("no JSON", sends(200, "", "<html>")),
                Arguments.of("other JSON", sends(200, "", "{\"status\":\"ok\"}")),
                Arguments.of("half a report", sends(200, "", "{\"sent\":1}")),
                Arguments.of("hangs up", sends("")),
                Arguments.of("hangs up in the middle", sends(OK + "Content-Length: 10\r\n\r\n12345")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nobodyKnowsWhetherItIsDone(String name, FaultyServer.Behaviour behaviour) {
        try (var service = new FaultyServer(behaviour)) {
            assertThat(failure(service.url()).isRefusal()).isFalse();
        }
    }

    @Test
    void whatIsDownIsUnavailable() {
        var service = new FaultyServer(sends(""));
        service.close();

        assertThat(failure(service.url()))
                .hasMessageContaining("no connection to http://127.0.0.1:")
                .extracting(ServiceCallException::isRefusal)
                .isEqualTo(false);
    }

    static Stream<Arguments> noCallLastsLongerThanItsDeadline() {
        return Stream.of(
                Arguments.of("silence", repeats("", "", 100)),
                Arguments.of("slow headers", repeats(OK, "X-A: b\r\n", 100)),
                Arguments.of("one byte at a time", repeats(OK + "Content-Length: 1000\r\n\r\n", " ", 100)),
                Arguments.of(
                        "one chunk at a time", repeats(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", 100)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void noCallLastsLongerThanItsDeadline(String name, FaultyServer.Behaviour behaviour) {
        try (var service = new FaultyServer(behaviour)) {
            var start = System.nanoTime();

            assertThat(failure(service.url()).isRefusal()).isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(DEADLINE.minusMillis(50), DEADLINE.plusSeconds(2));
        }
    }

    @Test
    void anAnswerDoesNotWaitForTheCommonPool() throws Exception {
        var isOver = new CountDownLatch(1);
        var busy = IntStream.range(0, 2 * ForkJoinPool.getCommonPoolParallelism() + 2)
                .mapToObj(each -> ForkJoinPool.commonPool().submit(() -> {
                    isOver.await();
                    return true;
                }))
                .toList();
        try (var service = new FaultyServer(sends(200, "Content-Type: application/json\r\n", REPORT))) {
            assertThat(client(service.url()).redeliver(500).sent()).isEqualTo(3);
        } finally {
            isOver.countDown();
        }
        for (var each : busy) {
            each.get();
        }
    }

    @Test
    void theKeyIsInNoText() {
        assertThat(client("http://127.0.0.1:1").toString()).doesNotContain(KEY);
    }

    private static ServiceCallException failure(String url) {
        return catchThrowableOfType(
                ServiceCallException.class, () -> client(url).redeliver(500));
    }

    private static WorkerClient client(String url) {
        return WorkerClient.create(
                ClientSettings.of(URI.create(url).resolve("/"), KEY).withRequestTimeout(DEADLINE));
    }
}
