package io.reliablemessage.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StatusCheckerApplicationTest {

    private static final StubService SERVICE = new StubService();
    private static RunningChecker checker;

    @BeforeAll
    static void start() {
        checker = RunningChecker.calling(SERVICE);
        await().until(() -> !SERVICE.leases().isEmpty());
    }

    @AfterAll
    static void stop() {
        checker.close();
        SERVICE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void isHealthy(String path) {
        await().untilAsserted(() -> {
            var health = checker.get(path);
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"status\":\"UP\"");
        });
    }

    @Test
    void reportsMetrics() {
        assertThat(checker.get("/actuator/prometheus").body())
                .contains("jvm_memory_used_bytes", "reliable_message_checker_asks_total");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator/env", "/nowhere"})
    void showsNothingElse(String path) {
        var answer = checker.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("trace", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/prometheus", "/actuator/metrics/x", "/error", "/nowhere"})
    void takesNoHeaderForAFailure(String path) {
        for (var type :
                List.of("*/*", "multipart/form-data", "application/json;charset=", "text/plain;charset=%", "")) {
            assertThat(checker.get(path, "Content-Type", type).statusCode())
                    .as("Content-Type: " + type)
                    .isLessThan(500);
        }
        assertThat(checker.get(path, "Accept", "").statusCode()).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/x/y", "/actuator/health/service/y", "/actuator/health/x/y/z"})
    void knowsNoHealthBelowAComponent(String path) {
        assertThat(checker.get(path).statusCode()).isEqualTo(404);
    }

    /** Nobody needs a key here, so anybody may try. */
    @Test
    void oddRequestsAreNoFailureAndForgeNothing(CapturedOutput log) {
        for (var path : List.of(
                "/actuator/health/liveness", "/actuator/prometheus", "/actuator/sbom", "/actuator", "/nowhere", "/")) {
            for (var query : List.of(
                    "?%0aFORGED%20line", "?a=%0d%0aFORGED&%0dFORGED=1", "?%00", "?a[=%5B&==&%FF", "/%0aFORGED")) {
                isNoFailure(checker.get(path + query));
            }
            for (var accepted : List.of(
                    "application/json;charset=ISO-8859-1",
                    "text/html;charset=x-none",
                    "*/*;q=x",
                    ",",
                    ";",
                    "nonsense",
                    "application/openmetrics-text;version=0.0.1;charset=ISO-8859-1")) {
                isNoFailure(checker.get(path, "Accept", accepted));
            }
        }
        assertThat(checker.get("/error").statusCode()).isEqualTo(404);
        assertThat(log.getOut().lines())
                .noneMatch(line -> line.matches(
                        "\\s*(FORGED|at [\\w.$/]+\\().*|.*[\\u0000-\\u0008\\u000b-\\u001a\\u0085\\u2028\\u202e].*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?lang=%ff", "?%ff", "?a=%C3%28", "?lang=%ff%20key=%22FORGED%22"})
    void whatCannotBeDecodedIsAMistakeOfTheCaller(String query, CapturedOutput log) {
        for (var path : List.of("/actuator/health", "/actuator/prometheus", "/error", "/nowhere", "/")) {
            isNoFailure(checker.get(path + query));
        }
        assertThat(checker.get("/actuator/health" + query).statusCode()).isEqualTo(400);

        assertThat(log.getOut()).doesNotContain("ERROR", "FORGED");
    }

    private static void isNoFailure(HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as(answer.uri() + " " + answer.request().headers())
                .isLessThan(500);
        assertThat(answer.body()).doesNotContain("\tat ", "java.lang.", "\"trace\":");
    }
}
