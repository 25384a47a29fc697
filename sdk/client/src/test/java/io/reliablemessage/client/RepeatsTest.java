package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.PrepareRequest;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client repeats by itself, and what it does not. */
@Timeout(30)
class RepeatsTest {

    private static final String DONE = "{\"id\":\"42\",\"state\":\"SENDING\"}";
    private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Type: application/problem+json\r\n";

    @Test
    void aKeptConnectionThatTheServiceHasClosed() {
        var answers = answering((n, c) -> {
            if (n == 2) {
                c.hangUp(); // it had decided to before the request came: "received no bytes"
            } else {
                c.json(RawServer.OK, DONE);
            }
        });

        answers.client.confirm("42");
        answers.client.confirm("42");

        assertThat(answers.server.requests()).hasSize(3);
        answers.close();
    }

    @Test
    void anAnswerThatBreaksOff() {
        var answers = answering((n, c) -> {
            if (n == 1) {
                c.send(RawServer.OK + "Content-Length: 1000\r\n\r\n{");
                c.hangUp();
            } else {
                c.json(RawServer.OK, DONE);
            }
        });

        assertThat(answers.client.confirm("42").id()).isEqualTo("42");
        assertThat(answers.server.requests()).hasSize(2);
        answers.close();
    }

    @Test
    void aServiceThatAsksToComeAgain() {
        var answers =
                answering((n, c) -> c.json(n == 1 ? BUSY + "Retry-After: 1\r\n" : RawServer.OK, n == 1 ? "{}" : DONE));
        var start = System.nanoTime();

        answers.client.confirm("42");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(answers.server.requests()).hasSize(2);
        answers.close();
    }

    @Test
    void aServiceThatComesUpMeanwhile() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var client = ReliableMessageClient.create(
                ClientSettings.of(URI.create("http://127.0.0.1:" + port), StubService.KEY))) {
            var call = client.confirmAsync("42");
            await().pollDelay(Duration.ofMillis(300)).until(() -> true); // it is refused meanwhile
            assertThat(call).isNotDone();
            try (var server = new RawServer(port, (n, c) -> c.json(RawServer.OK, DONE))) {
                assertThat(call.join().id()).isEqualTo("42");
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void aRepeatHasTheBytesOfTheFirst() {
        var answers = answering((n, c) -> {
            if (n == 1) {
                c.hangUp();
            } else {
                c.json(RawServer.OK, DONE);
            }
        });

        answers.client.prepare(PrepareRequest.of("t", "k", List.of(1)));

        assertThat(answers.server.requests()).hasSize(2);
        assertThat(answers.server.requests().get(0))
                .isEqualTo(answers.server.requests().get(1))
                .containsPattern("\\{\"id\":\"[0-9a-f-]{14}7[0-9a-f-]{21}\",\"topic\":\"t\"");
        answers.close();
    }

    @Test
    void notWhatIsAnsweredWithoutAWordOfComingAgain() {
        var answers = answering((n, c) -> c.json(BUSY, "{}"));

        assertThatThrownBy(() -> answers.client.confirm("42")).isInstanceOf(ServiceUnavailableException.class);

        assertThat(answers.server.requests()).hasSize(1);
        answers.close();
    }

    @Test
    void notWhenTheServiceAsksForMoreTimeThanThereIs() {
        var answers = answering((n, c) -> c.json(BUSY + "Retry-After: 60\r\n", "{}"));

        assertThatThrownBy(() -> answers.client.confirm("42"))
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        busy -> assertThat(busy.retryAfter()).contains(Duration.ofSeconds(60)));

        assertThat(answers.server.requests()).hasSize(1);
        answers.close();
    }

    @Test
    void allFailuresAreKept() {
        var answers = answering((n, c) -> c.hangUp());
        try (var client =
                ReliableMessageClient.create(answers.server.settings().withRequestTimeout(Duration.ofMillis(500)))) {
            assertThatThrownBy(() -> client.confirm("42"))
                    .hasMessageContaining(answers.server.url().toString())
                    .cause()
                    .satisfies(last -> assertThat(last.getSuppressed()).isNotEmpty());
        }
        answers.close();
    }

    private record Answers(RawServer server, ReliableMessageClient client) implements AutoCloseable {

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    private static Answers answering(RawServer.Behaviour behaviour) {
        var server = new RawServer(behaviour);
        return new Answers(server, ReliableMessageClient.create(server.settings()));
    }
}
