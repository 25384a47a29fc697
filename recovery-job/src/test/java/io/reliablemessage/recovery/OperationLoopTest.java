package io.reliablemessage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.testing.HttpStub;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@SuppressWarnings("try") // A job that runs is all that most of these need.
@ExtendWith(OutputCaptureExtension.class)
class OperationLoopTest {

    private final StubService service = new StubService();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void callsAgainAndAgainAndAtOnceWhileThereIsMore() {
        service.answersOperations((n, exchange) -> HttpStub.respond(exchange, 200, StubService.operated(500, n < 4)));

        try (var job = RunningJob.calling(service, "1m")) {
            await().until(() -> service.operationCalls().size() >= 4);

            // The fourth said that nothing more is to do, and the interval is a minute.
            await().during(Duration.ofMillis(300))
                    .until(() -> service.operationCalls().size() == 4);
            assertThat(service.operationCalls().getFirst())
                    .isEqualTo(new HttpStub.Call(
                            "POST", "/jobs/operations", "Bearer " + StubService.KEY, "{\"limit\":500}"));
            assertThat(job.get("/actuator/prometheus").body())
                    .contains("reliable_message_recovery_operated_total{application=\"recovery-job\"} 2000.0");
        }
    }

    @Test
    void goesOnAfterWhatGoesWrongAndSaysSoOnce(CapturedOutput output) {
        service.answersOperations((n, exchange) -> {
            switch (n) {
                case 1 -> HttpStub.respond(exchange, 404, "{\"type\":\"/problems/not-found\"}");
                case 2 -> HttpStub.respond(exchange, 503, "");
                case 3 -> exchange.close();
                default -> HttpStub.respond(exchange, 200, StubService.operated(0, false));
            }
        });

        try (var job = RunningJob.calling(service)) {
            await().until(() -> service.operationCalls().size() >= 6);

            assertThat(output).containsOnlyOnce("Operators' operations do not advance");
            assertThat(output).containsOnlyOnce("Operators' operations advance again");
            assertThat(job.get("/actuator/prometheus").body())
                    .contains("recovery_operation_failures_total{application=\"recovery-job\"} 3.0");
            assertThat(job.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void neverKeepsRedeliveryWaiting() {
        var mayAnswer = new CountDownLatch(1);
        service.answersOperations((n, exchange) -> {
            awaitQuietly(mayAnswer);
            HttpStub.respond(exchange, 200, StubService.operated(0, false));
        });

        try (var job = RunningJob.calling(service)) {
            await().until(() -> service.operationCalls().size() == 1);
            var before = service.calls().size();

            await().until(() -> service.calls().size() > before + 3);

            mayAnswer.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
