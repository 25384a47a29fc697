package io.reliablemessage.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.client.internal.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing ends a look-up of a name but the name service. */
@Timeout(60)
class HangingNameTest {

    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final ClientSettings SETTINGS = ClientSettings.of(
                    URI.create("https://messages.example.com/behind"), "key")
            .withRequestTimeout(TIMEOUT);

    private final StuckHttpClient http = new StuckHttpClient();
    private final ThreadPoolExecutor threads = Daemons.pool("looking-up-");
    private final ServiceConnection service = new ServiceConnection(
            SETTINGS,
            Json.of(SETTINGS),
            new HttpTransport(http, SETTINGS.url().getHost(), threads),
            Duration.ofSeconds(20));

    @AfterEach
    void stop() {
        http.answer();
        threads.shutdownNow();
    }

    @Test
    void aCallEndsInTime() {
        var start = System.nanoTime();

        assertThatThrownBy(() -> service.get("/messages/{id}", MessageView.class, "42"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("timed out: https://messages.example.com:443/behind did not answer in time");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.plusMillis(1_500));
    }

    @Test
    void aClosedClientLeavesNoIdleThread() {
        threads.execute(() -> {});

        service.close();

        await().atMost(Duration.ofSeconds(3)).until(() -> threads.getPoolSize() == 0);
    }

    @Test
    void aCallOfABatchEndsInTime() {
        var sender = new BatchSender<>("/messages/confirm", MessageStatus.class, service);
        var call = new PendingCall<MessageStatus>(new EncodedCall("42", new byte[0]), TIMEOUT);

        assertThat(sender.send(call)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void anInterruptedCallerLeaves() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> service.get("/messages/{id}", MessageView.class, "42"))
                .hasMessageContaining("interrupted")
                .hasMessageContaining("messages.example.com:443");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fewThreadsAreLeftBehind() throws Exception {
        var callers = Executors.newFixedThreadPool(50);
        Callable<Duration> call = () -> {
            var start = System.nanoTime();
            assertThatThrownBy(() -> service.get("/messages/{id}", MessageView.class, "42"))
                    .isInstanceOf(ServiceUnavailableException.class);
            return Duration.ofNanos(System.nanoTime() - start);
        };

        for (var took : callers.invokeAll(Stream.generate(() -> call).limit(300).toList())) {
            assertThat(took.get()).isLessThan(TIMEOUT.plusMillis(1_500));
        }
        assertThat(http.stuck()).isBetween(64, 64 + 50); // callers of the same moment see the same number
        http.answer();

        await().untilAsserted(() -> assertThatThrownBy(() -> service.get("/messages/{id}", MessageView.class, "42"))
                .hasMessageContaining("the name service has answered"));
        callers.shutdownNow();
    }
}
