package io.reliablemessage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.testing.HttpStub;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator can see from outside. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ObservabilityTest {

    private final StubService service = new StubService();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void isUpWhileTheServiceAnswers() {
        try (var job = RunningJob.calling(service)) {
            await().until(() -> !service.calls().isEmpty());
            await().untilAsserted(() -> assertThat(job.get("/actuator/health").body())
                    .contains("\"service\":{\"details\":{\"state\":\"ANSWERS\"")
                    .contains("\"lastSuccess\":\""));

            assertThat(job.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void livesAndIsReadyThoughTheServiceDoesNotAnswer() {
        service.answers((n, exchange) -> HttpStub.respond(exchange, 503, ""));

        try (var job = RunningJob.calling(service)) {
            await().untilAsserted(() -> assertThat(job.get("/actuator/health").body())
                    .contains("\"state\":\"FAILS\"", "\"failures\":", "503", "\"status\":\"DOWN\""));

            assertThat(job.get("/actuator/health").statusCode()).isEqualTo(503);
            assertThat(job.get("/actuator/health").body()).doesNotContain(StubService.KEY);
            assertThat(job.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(job.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void showsThatTheServiceLacksItsBroker() {
        service.answers((n, exchange) -> HttpStub.respond(
                exchange, 200, "{\"sent\":0,\"buried\":0,\"postponed\":0,\"more\":false,\"brokerAvailable\":false}"));

        try (var job = RunningJob.calling(service)) {
            await().untilAsserted(
                            () -> assertThat(job.get("/actuator/health").body()).contains("LACKS_BROKER"));

            assertThat(job.get("/actuator/health").statusCode()).isEqualTo(200);
            assertThat(job.get("/actuator/prometheus").body())
                    .containsPattern(
                            "reliable_message_recovery_calls_total\\{application=\"recovery-job\",outcome=\"broker_unavailable\"} [1-9]");
        }
    }

    @Test
    void countsCallsAndWhatTheyDid() {
        service.answers((n, exchange) -> {
            switch (n) {
                case 1 -> HttpStub.respond(exchange, 200, StubService.report(500, 2, true));
                case 2 -> HttpStub.respond(exchange, 200, StubService.report(20, 1, false));
                case 3 -> HttpStub.respond(exchange, 503, "");
                case 4 -> HttpStub.respond(exchange, 403, "{\"type\":\"/problems/forbidden\"}");
                default -> HttpStub.respond(exchange, 200, StubService.NOTHING_DUE);
            }
        });

        try (var job = RunningJob.calling(service)) {
            await().until(() -> service.calls().size() > 5);

            assertThat(job.get("/actuator/prometheus").body())
                    .contains("reliable_message_recovery_sent_total{application=\"recovery-job\"} 520.0")
                    .contains("reliable_message_recovery_buried_total{application=\"recovery-job\"} 3.0")
                    .contains(
                            "reliable_message_recovery_calls_total{application=\"recovery-job\",outcome=\"unavailable\"} 1.0")
                    .contains(
                            "reliable_message_recovery_calls_total{application=\"recovery-job\",outcome=\"refused\"} 1.0")
                    .contains(
                            "reliable_message_recovery_calls_total{application=\"recovery-job\",outcome=\"broken\"} 0.0");
        }
    }

    @Test
    void showsNothingElse(CapturedOutput log) {
        try (var job = RunningJob.calling(service)) {
            for (var path : List.of("/actuator/health", "/actuator/prometheus", "/error", "/nowhere")) {
                for (var undecodable : List.of("?lang=%ff%20key=%22FORGED%22", "?%ff")) {
                    assertThat(job.get(path + undecodable).statusCode())
                            .as(path + undecodable)
                            .isBetween(400, 499);
                }
            }
            assertThat(job.get("/error").statusCode()).isEqualTo(404);
            assertThat(log.getOut()).doesNotContain("ERROR", "FORGED");
            assertThat(job.get("/actuator/env").statusCode()).isEqualTo(404);
            assertThat(job.get("/").statusCode()).isEqualTo(404);
            assertThat(job.get("/nowhere").body()).doesNotContain("trace", "Exception");
        }
    }
}
