package io.reliablemessage.checker;

import static io.reliablemessage.checker.StubService.lease;
import static io.reliablemessage.testing.FaultyServer.repeats;
import static io.reliablemessage.testing.FaultyServer.sends;
import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.adminapi.jobs.CheckbackLeases.Lease;
import io.reliablemessage.testing.FaultyServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@SuppressWarnings("try") // A checker that runs is all that most of these need.
@ExtendWith(OutputCaptureExtension.class)
class CheckbackLoopTest {

    private final StubService service = new StubService();
    private final FaultyServer producer = new FaultyServer(sends(200, "Webhook-Id: check_1\r\nX-Other: 1\r\n", "{}"));
    private final FaultyServer hanging = new FaultyServer(repeats("", "", 50));

    @AfterEach
    void stop() {
        service.close();
        producer.close();
        hanging.close();
    }

    @Test
    void asksWhatItIsGivenAndReportsWhatItSaw(CapturedOutput output) {
        try (var checker = RunningChecker.calling(service)) {
            service.due(lease("a", producer.url()), lease("b", "http://10.1.2.3/"));

            await().until(() -> service.reports().size() == 2);

            assertThat(service.reports())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder(
                            "{\"lease\":\"a\",\"status\":200,\"signature\":{\"webhook-id\":\"check_1\"},\"body\":\"e30=\"}",
                            "{\"lease\":\"b\",\"failure\":\"FORBIDDEN_ADDRESS\"}");
            assertThat(output).doesNotContain(StubService.KEY);
        }
    }

    @Test
    void oneThatHangsKeepsTheOthersNotWaiting() {
        try (var checker = RunningChecker.calling(service)) {
            service.due(lease("hangs", hanging.url()), lease("a", producer.url()), lease("b", producer.url()));

            await().until(() -> service.reports().size() == 3);

            assertThat(service.reports().getLast().path("lease").asString()).isEqualTo("hangs");
            assertThat(service.reports().getLast().path("failure").asString()).isEqualTo("TIMEOUT");
        }
    }

    @Test
    void takesNoMoreThanItHasHandsFor() {
        try (var checker = RunningChecker.calling(service)) {
            for (var i = 0; i < 7; i++) {
                service.due(lease("l" + i, hanging.url()));
            }
            await().until(() -> service.reports().size() == 7);

            assertThat(service.leases())
                    .extracting(request -> request.path("limit").asInt())
                    .allMatch(limit -> limit >= 1 && limit <= 3);
        }
    }

    @Test
    void goesOnAfterEverythingThatCanGoWrong(CapturedOutput output) {
        service.answersLeasesWith(n -> n == 1 ? 500 : n == 2 ? 503 : 200);
        service.due(lease("odd", "\\\\"), lease("good", producer.url()));

        try (var checker = RunningChecker.calling(service)) {
            await().until(() -> service.reports().size() == 2);

            assertThat(output).containsOnlyOnce("Calls to the message service fail");
            assertThat(output).containsOnlyOnce("The message service answers");
            assertThat(checker.get("/actuator/health").body()).contains("ANSWERS");
        }
    }

    @Test
    void repeatsAReportThatWasNotTaken() {
        service.answersReportsWith(n -> n < 3 ? 503 : 200);
        try (var checker = RunningChecker.calling(service)) {
            service.due(lease("a", producer.url()));

            await().until(() -> service.reports().size() == 3);

            assertThat(producer.requests()).hasSize(1);
        }
    }

    @Test
    void aReportThatIsRefusedStopsNothing() {
        service.answersReportsWith(n -> n == 1 ? 422 : 200);
        try (var checker = RunningChecker.calling(service)) {
            service.due(lease("a", producer.url()));
            await().until(() -> service.reports().size() == 1);
            service.due(lease("b", producer.url()));
            await().until(() -> service.reports().size() == 2);

            assertThat(checker.get("/actuator/prometheus").body())
                    .contains("reliable_message_checker_unreported_total{application=\"status-checker\"} 1.0")
                    .contains(
                            "reliable_message_checker_asks_total{application=\"status-checker\",outcome=\"answered\"} 2.0");
        }
    }

    @Test
    void letsTheAskInFlightFinishAndReportsIt() throws Exception {
        service.due(lease("a", hanging.url()));
        var checker = RunningChecker.calling(service);
        await().until(() -> hanging.requests().size() == 1);

        runAsync(checker::close).get(15, TimeUnit.SECONDS);

        assertThat(service.reports()).hasSize(1);
    }

    @Test
    void doesNotSendWhatItHasHeldForTooLong() {
        var old = new Lease("old", Instant.EPOCH, "shop", producer.url(), Map.of(), "{}", Duration.ofMillis(800));
        try (var checker = RunningChecker.calling(service)) {
            var takenAt = System.nanoTime() - Duration.ofSeconds(1).toNanos();

            checker.context().getBean(CheckbackCall.class).ask(old, takenAt);

            assertThat(producer.requests()).isEmpty();
            assertThat(service.reports().getLast().path("failure").asString()).isEqualTo("NOT_SENT");
        }
    }
}
