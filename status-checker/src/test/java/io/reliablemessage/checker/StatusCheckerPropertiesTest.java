package io.reliablemessage.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCheckerPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        ", key, PT0.5S, 32, PT10S, 10.0.0.0/8, service-url is missing",
        "localhost:8080, key, PT0.5S, 32, PT10S, 10.0.0.0/8, service-url is not usable",
        "http://localhost, , PT0.5S, 32, PT10S, 10.0.0.0/8, api-key is missing",
        "http://localhost, two words, PT0.5S, 32, PT10S, 10.0.0.0/8, api-key is not usable",
        "http://localhost, key, PT0S, 32, PT10S, 10.0.0.0/8, interval is PT0S",
        "http://localhost, key, PT0.5S, 0, PT10S, 10.0.0.0/8, parallel is 0",
        "http://localhost, key, PT0.5S, 32, PT20S, 10.0.0.0/8, request-timeout is PT20S",
        "http://localhost, key, PT0.5S, 32, PT10S, 10.0.0.0/99, allowed-addresses is not usable"
    })
    void refusesWhatCannotWork(
            @Nullable String url,
            @Nullable String key,
            Duration interval,
            int parallel,
            Duration timeout,
            String allowed,
            String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StatusCheckerProperties(url, key, interval, parallel, timeout, List.of(allowed)))
                .withMessageStartingWith("status-checker.")
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal).hasMessageNotContaining("two words"));
    }

    @Test
    void doNotShowTheKey() {
        var properties = new StatusCheckerProperties(
                "http://localhost:8080",
                StubService.KEY,
                Duration.ofMillis(500),
                32,
                Duration.ofSeconds(10),
                List.of());

        assertThat(properties.toString()).contains("localhost").doesNotContain(StubService.KEY);
    }
}
