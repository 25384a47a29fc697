package io.reliablemessage.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class StatusCheckerApplicationTest {

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = StatusCheckerApplication.application().run("--server.port=0", "--server.address=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void saysWhatItIsForAndThatItDoesNotDoItYet(CapturedOutput output) {
        assertThat(output).containsOnlyOnce("will ask producers").contains("this version does not ask yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void isHealthy(String path) throws Exception {
        var health = get(path);

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"UP\"");
    }

    @Test
    void reportsMetrics() throws Exception {
        assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator/env", "/nowhere"})
    void showsNothingElse(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("trace", "Exception");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        var port = application.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
