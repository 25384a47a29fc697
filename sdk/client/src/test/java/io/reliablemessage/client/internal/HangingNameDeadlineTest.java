package io.reliablemessage.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.client.internal.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are made together end in their own time although a look-up of a name hangs. */
@Timeout(60)
class HangingNameDeadlineTest {

    private static final Duration WITHIN = Duration.ofMillis(300);
    private static final ClientSettings SETTINGS = ClientSettings.of(URI.create("https://messages.example.com"), "key")
            .withRequestTimeout(Duration.ofSeconds(20));

    private final StuckHttpClient http = new StuckHttpClient();
    private final ServiceConnection service = new ServiceConnection(
            SETTINGS,
            Json.of(SETTINGS),
            new HttpTransport(http, SETTINGS.url().getHost(), Daemons.pool("looking-up-")),
            Duration.ofSeconds(20));
    private final CallBatchers batchers = new CallBatchers(service, SETTINGS);

    @AfterEach
    void stop() {
        http.answer();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 250})
    void callsEndInTheirTime(int count) {
        var items = Stream.generate(() -> new EncodedCall("42", "{\"id\":\"42\"}".getBytes(UTF_8)))
                .limit(count)
                .toList();
        batchers.prepare.callAll(items.subList(0, 1), Duration.ofMillis(1)); // loads classes
        var start = System.nanoTime();

        var results = batchers.prepare.callAll(items, WITHIN);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(WITHIN, WITHIN.plusMillis(150));
        assertThat(results)
                .hasSize(count)
                .allSatisfy(
                        result -> assertThat(result.problem()).containsInstanceOf(ServiceUnavailableException.class));
    }
}
