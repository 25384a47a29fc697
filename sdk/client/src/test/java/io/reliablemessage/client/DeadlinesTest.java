package io.reliablemessage.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reliablemessage.client.ClientSettings.Coalescing;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call ends in time, and says whom it waited for. */
@Timeout(60)
class DeadlinesTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration LATEST = TIMEOUT.plusMillis(1_500);

    static Stream<Arguments> noCallLastsLonger() {
        return Stream.of(
                behaviour("silence", (n, c) -> c.hang()),
                behaviour("slow headers", (n, c) -> {
                    c.send(RawServer.OK);
                    c.drip("X-A: b\r\n");
                }),
                behaviour("a header byte by byte", (n, c) -> c.drip("H")),
                behaviour("a byte of the body at a time", (n, c) -> {
                    c.send(RawServer.OK + "Content-Length: 1000\r\n\r\n");
                    c.drip(" ");
                }),
                behaviour("a chunk at a time", (n, c) -> {
                    c.send(RawServer.OK + "Transfer-Encoding: chunked\r\n\r\n");
                    c.drip("1\r\nx\r\n");
                }),
                behaviour("half a body", (n, c) -> {
                    c.send(RawServer.OK + "Content-Length: 1000\r\n\r\n{\"id\":");
                    c.hang();
                }),
                behaviour("hangs up every time", (n, c) -> c.hangUp()),
                behaviour(
                        "asks to come again and again",
                        (n, c) -> c.json("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\n", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void noCallLastsLonger(String name, RawServer.Behaviour behaviour) {
        try (var server = new RawServer(behaviour);
                var client = ReliableMessageClient.create(server.settings().withRequestTimeout(TIMEOUT))) {
            var start = System.nanoTime();

            assertThatThrownBy(() -> client.confirm("42"))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("POST /messages/confirm of 42 - ");
            assertThatThrownBy(() -> client.get("42")).isInstanceOf(ServiceUnavailableException.class);

            // Less, if the next wait would not fit.
            assertThat(since(start)).isBetween(TIMEOUT.multipliedBy(3).dividedBy(4), LATEST.multipliedBy(2));
            assertThat(server.requests()).isNotEmpty();
        }
    }

    @Test
    void whoWaitedInVainIsToldForWhom() {
        try (var server = new RawServer((n, c) -> c.hang());
                var client = ReliableMessageClient.create(server.settings().withRequestTimeout(TIMEOUT))) {
            var address = server.url().getAuthority();

            assertThatThrownBy(() -> client.confirm("42"))
                    .hasMessageContaining("timed out")
                    .hasMessageContaining(address);
            assertThat(client.confirmAsync("42"))
                    .failsWithin(LATEST)
                    .withThrowableThat()
                    .withMessageContaining("timed out")
                    .withMessageContaining(address);
        }
    }

    @ParameterizedTest
    @MethodSource("coalescing")
    void twoHundredCallersOfAServiceThatStandsStill(Coalescing coalescing) throws Exception {
        var callers = Executors.newFixedThreadPool(200);
        try (var server = new RawServer((n, c) -> c.hang());
                var client = ReliableMessageClient.create(
                        server.settings().withRequestTimeout(TIMEOUT).withCoalescing(coalescing))) {
            var calls = IntStream.range(0, 200)
                    .mapToObj(i -> callers.submit(() -> {
                        var start = System.nanoTime();
                        assertThatThrownBy(() -> client.confirm("m" + i))
                                .hasMessageContaining(server.url().getAuthority());
                        return since(start);
                    }))
                    .toList();

            for (var call : calls) {
                assertThat(call.get(30, SECONDS)).isLessThan(LATEST);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    static Stream<Coalescing> coalescing() {
        return Stream.of(Coalescing.DEFAULT, Coalescing.DEFAULT.withEnabled(false));
    }

    @Test
    void anEndlessAnswerFillsNoMemory() {
        var part = " ".repeat(1 << 20);
        try (var server = new RawServer((n, c) -> {
                    c.send(RawServer.OK + "\r\n");
                    for (var i = 0; i < 100; i++) {
                        c.send(part);
                    }
                });
                var client =
                        ReliableMessageClient.create(server.settings().withRequestTimeout(Duration.ofSeconds(2)))) {
            assertThatThrownBy(() -> client.confirm("42"))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("the answer has more than");
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Arguments behaviour(String name, RawServer.Behaviour behaviour) {
        return arguments(name, behaviour);
    }
}
