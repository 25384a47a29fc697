package io.reliablemessage.service.epoch;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.Headers;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.platform.problem.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Producers ask how far the ledger was restored, and an operator reports a restore. */
@Tag("ledger")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerApiTest {

    private final Service service = Service.start(Map.of());

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    @Order(1)
    void aLedgerThatWasNeverRestoredHasItsFirstEpoch() {
        var first = ledger("");

        assertThat(first.text("epoch")).matches("[1-9][0-9]{12}");
        assertThat(first.body().has("restoredTo")).isFalse();
        assertThat(ledger("?since=" + first.text("epoch")).body().has("restoredTo"))
                .isFalse();
        assertThat(ledger("?since=999999999999999999").body().has("restoredTo")).isFalse();
    }

    @Test
    void theEarliestRestoredPointSinceAnEpochCounts() {
        var zero = ledger("").text("epoch");
        var one = begun("2026-03-03T00:00:00Z").text("epoch");
        var two = begun("2026-02-02T00:00:00Z").text("epoch");
        var three = begun("2026-04-04T00:00:00.123456789Z").text("epoch");

        assertThat(List.of(zero, one, two, three)).isSorted().doesNotHaveDuplicates();
        assertThat(ledger("").text("epoch")).isEqualTo(three);
        assertThat(ledger("").body().has("restoredTo")).isFalse();
        assertThat(ledger("?since=" + zero).text("restoredTo")).isEqualTo("2026-02-02T00:00:00Z");
        assertThat(ledger("?since=" + one).text("restoredTo")).isEqualTo("2026-02-02T00:00:00Z");
        assertThat(ledger("?since=" + two).text("restoredTo")).isEqualTo("2026-04-04T00:00:00.123456Z");
        assertThat(ledger("?since=" + three).body().has("restoredTo")).isFalse();
        assertThat(ledger("?since=" + (Long.parseLong(two) - 1)).text("restoredTo"))
                .as("an epoch that this ledger does not have")
                .isEqualTo("2026-02-02T00:00:00Z");
    }

    @Test
    void whoKnowsAnEarlierLedgerFindsAllOfItMissing() {
        assertThat(ledger("?since=1").text("restoredTo")).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void theSameRestoreReportedAgainBeginsNoOtherEpoch() {
        var point = "2026-05-05T00:00:00Z";

        var answers = Parallel.times(8, () -> begun(point));

        assertThat(answers)
                .extracting(answer -> answer.text("epoch"))
                .containsOnly(begun(point).text("epoch"));
        assertThat(begun(point).text("restoredTo")).isEqualTo(point);
        assertThat(audited(answers.getFirst().text("epoch"))).containsExactly("BEGIN_EPOCH giant restored DONE");
    }

    @Test
    void anEpochThatAnOperatorBeganIsOnAnswersOfAllReplicas() {
        try (var other = service.replica()) {
            var epoch = begun("2026-06-06T00:00:00Z").text("epoch");

            for (var replica : List.of(service, other)) {
                await().atMost(ofSeconds(20))
                        .until(() -> replica.as(Key.PRODUCER)
                                .get("/ledger")
                                .headers()
                                .firstValue(Headers.EPOCH)
                                .orElseThrow()
                                .equals(epoch));
            }
        }
    }

    @Test
    void aRestoreToTheFutureIsRefusedAndAudited() {
        var tomorrow = Instant.now().plusSeconds(86_400).toString();

        assertThat(Refusal.of(INVALID_REQUEST, begin(tomorrow, "restored")).text("detail"))
                .contains("restoredTo");
        assertThat(audited("")).contains("BEGIN_EPOCH giant null invalid-request");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"reason\": \"restored\"}', INVALID_REQUEST",
        "'{\"restoredTo\": \"2026-01-01T00:00:00Z\"}', INVALID_REQUEST",
        "'{\"restoredTo\": \"1969-01-01T00:00:00Z\", \"reason\": \"x\"}', INVALID_REQUEST",
        "'{\"restoredTo\": 1767225600, \"reason\": \"x\"}', MALFORMED_REQUEST",
        "'{\"restoredTo\": \"yesterday\", \"reason\": \"x\"}', MALFORMED_REQUEST",
        "'{\"restoredTo\": \"2026-01-01T00:00:00Z\", \"reason\": \"x\", \"epoch\": 1}', MALFORMED_REQUEST"
    })
    void aReportNamesThePointAndAReason(String body, ProblemType problem) {
        Refusal.of(problem, service.as(Key.EVERYTHING).post("/admin/ledger/epoch", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "+1", "0x10", "1.5", "1e3", "%D9%A1", "1234567890123456789"})
    void sinceIsADecimalNumber(String since) {
        Refusal.of(INVALID_REQUEST, service.as(Key.PRODUCER).get("/ledger?since=" + since));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sinse=1", "?since=1&since=2", "?since=%20", "?since=1&more=2"})
    void parametersThatItDoesNotTakeAreRefused(String query) {
        Refusal.of(MALFORMED_REQUEST, service.as(Key.PRODUCER).get("/ledger" + query));
    }

    private Answer ledger(String query) {
        return service.as(Key.PRODUCER).get("/ledger" + query).is(200);
    }

    private Answer begun(String restoredTo) {
        return begin(restoredTo, "restored").is(200);
    }

    private Answer begin(String restoredTo, String reason) {
        return service.as(Key.EVERYTHING)
                .post("/admin/ledger/epoch", Map.of("restoredTo", restoredTo, "reason", reason));
    }

    private List<String> audited(String subject) {
        return service.jdbc()
                .sql(
                        "SELECT concat_ws(' ', act, actor, COALESCE(reason, 'null'), outcome) FROM audit WHERE subject = :subject")
                .param("subject", subject)
                .query(String.class)
                .list();
    }
}
