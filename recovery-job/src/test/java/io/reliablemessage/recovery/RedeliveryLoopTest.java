package io.reliablemessage.recovery;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.testing.HttpStub;
import io.reliablemessage.worker.ServiceHealthIndicator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@SuppressWarnings("try") // A job that runs is all that most of these need.
@ExtendWith(OutputCaptureExtension.class)
class RedeliveryLoopTest {

    private final StubService service = new StubService();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void callsAgainAndAgain(CapturedOutput output) {
        try (var job = RunningJob.calling(service)) {
            await().until(() -> service.calls().size() >= 3);

            assertThat(service.calls())
                    .containsOnly(new HttpStub.Call(
                            "POST", "/jobs/redeliveries", "Bearer " + StubService.KEY, "{\"limit\":500}"));
            assertThat(output)
                    .containsOnlyOnce("triggers redelivery of unacknowledged deliveries")
                    .contains(service.url());
            assertThat(output).doesNotContain(StubService.KEY);
        }
    }

    @Test
    void callsAtOnceWhileMoreIsDue() {
        service.answers((n, exchange) -> HttpStub.respond(exchange, 200, StubService.report(500, 0, n < 4)));

        try (var job = RunningJob.calling(service, "1m")) {
            await().until(() -> service.calls().size() >= 4);

            // The fourth said that nothing more is due, and the interval is a minute.
            await().during(Duration.ofMillis(300)).until(() -> service.calls().size() == 4);
        }
    }

    @Test
    void asksForMoreAtOnceWhileTheServiceIsQuick() {
        service.answers((n, exchange) -> HttpStub.respond(exchange, 200, StubService.report(500, 0, n < 6)));

        try (var job = RunningJob.calling(service, "1m")) {
            await().until(() -> service.calls().size() >= 6);

            assertThat(service.calls().getFirst().body()).isEqualTo("{\"limit\":500}");
            assertThat(service.calls()).extracting(HttpStub.Call::body).contains("{\"limit\":5000}");
        }
    }

    @Test
    void goesOnAfterEverythingThatCanGoWrong(CapturedOutput output) {
        service.answers((n, exchange) -> {
            switch (n) {
                case 1 -> HttpStub.respond(exchange, 500, "");
                case 2 -> HttpStub.respond(exchange, 200, "<html>");
                case 3 -> exchange.close();
                default -> HttpStub.respond(exchange, 200, StubService.NOTHING_DUE);
            }
        });

        try (var job = RunningJob.calling(service)) {
            await().until(() -> service.calls().size() >= 6);

            assertThat(output).containsOnlyOnce("Calls to the message service fail");
            assertThat(output).containsOnlyOnce("The message service answers");
        }
    }

    @Test
    void saysSoWhenAnUnreachableServiceTurnsOutToRefuse(CapturedOutput output) {
        service.answers((n, exchange) -> HttpStub.respond(
                exchange,
                n == 1 ? 503 : 401,
                "{\"type\":\"/problems/unauthenticated\",\"title\":\"Unauthenticated\",\"detail\":\"Unknown key.\"}"));

        try (var job = RunningJob.calling(service)) {
            await().until(() -> service.calls().size() >= 4);

            assertThat(output).containsOnlyOnce("401 Unauthenticated: Unknown key.");
        }
    }

    @Test
    void letsTheCallInFlightFinish() throws Exception {
        var answerMayGo = new CountDownLatch(1);
        service.answers((n, exchange) -> {
            awaitQuietly(answerMayGo);
            HttpStub.respond(exchange, 200, StubService.report(7, 0, true));
        });
        var job = RunningJob.calling(service);
        var loop = job.context().getBean(RedeliveryLoop.class);
        var health = job.context().getBean(ServiceHealthIndicator.class);
        await().until(() -> service.calls().size() == 1);

        var closing = runAsync(job::close);
        await().during(Duration.ofMillis(300)).until(() -> loop.isRunning() && !closing.isDone());
        answerMayGo.countDown();
        closing.get(10, TimeUnit.SECONDS);

        assertThat(loop.isRunning()).isFalse();
        assertThat(health.health().getDetails().get("state")).hasToString("ANSWERS");
        assertThat(service.calls()).as("'more' is for the next start").hasSize(1);
    }

    @Test
    void stopsAtOnceBetweenTwoCalls() {
        var job = RunningJob.calling(service, "1m");
        await().until(() -> service.calls().size() == 1);

        var closing = runAsync(job::close);

        await().atMost(Duration.ofSeconds(5)).until(closing::isDone);
    }

    @Test
    void startsAgainAfterAStop() {
        try (var job = RunningJob.calling(service)) {
            job.context().stop();
            var before = service.calls().size();

            job.context().start();

            await().until(() -> service.calls().size() > before + 1);
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
