package io.reliablemessage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RecoveryJobPropertiesTest {

    private static final String URL = "http://localhost:8080";
    private static final String KEY = StubService.KEY;

    @Test
    void doesNotStartWithoutAKeyAndSaysHowToGiveOne(CapturedOutput output) {
        var failure = catchThrowable(() -> RecoveryJobApplication.application()
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--recovery-job.service-url=" + URL,
                        "--recovery-job.api-key="));

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("recovery-job.api-key is missing. Set it (or WORKER_KEY)");
    }

    @ParameterizedTest
    @CsvSource({
        ", key, 500ms, 5000, 10s, service-url is missing",
        "' ', key, 500ms, 5000, 10s, service-url is missing",
        "localhost:8080, key, 500ms, 5000, 10s, service-url is not usable",
        "'http://a b', key, 500ms, 5000, 10s, service-url is not usable",
        "http://localhost, , 500ms, 5000, 10s, api-key is missing",
        "http://localhost, two words, 500ms, 5000, 10s, api-key is not usable",
        "http://localhost, key, 0ms, 500, 10s, interval is PT0S",
        "http://localhost, key, 2m, 500, 10s, interval is PT2M",
        "http://localhost, key, 500ms, 0, 10s, limit is 0",
        "http://localhost, key, 500ms, 10001, 10s, limit is 10001",
        "http://localhost, key, 500ms, 500, 20s, request-timeout is PT20S"
    })
    void refusesWhatCannotWork(
            @Nullable String url, @Nullable String key, String interval, int limit, String timeout, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecoveryJobProperties(url, key, duration(interval), limit, duration(timeout)))
                .withMessageStartingWith("recovery-job.")
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal).hasMessageNotContaining("two words"));
    }

    @Test
    void doNotShowTheKey() {
        var properties = new RecoveryJobProperties(URL, KEY, Duration.ofMillis(500), 500, Duration.ofSeconds(10));

        assertThat(properties.toString()).contains(URL).doesNotContain(KEY);
        assertThat(properties.client().toString()).doesNotContain(KEY);
    }

    private static Duration duration(String text) {
        return org.springframework.boot.convert.DurationStyle.detectAndParse(text);
    }
}
