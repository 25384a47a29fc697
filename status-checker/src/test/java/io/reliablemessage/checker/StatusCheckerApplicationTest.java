package io.reliablemessage.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
