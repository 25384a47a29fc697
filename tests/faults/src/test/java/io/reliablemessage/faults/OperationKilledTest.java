package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.faults.load.Slowness;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** While an operation runs, the service, its worker and the broker are killed again and again. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class OperationKilledTest {

    private static final int DELIVERIES = RunLength.of(20_000, 3_000);
    private static final int PER_SECOND = RunLength.of(250, 200);
    private static final int DISCARDED = 30;
    private static final Duration MAX_LIFE = RunLength.of(Duration.ofSeconds(3), Duration.ofSeconds(2));
    private static final Duration MAX_DEATH = Duration.ofSeconds(1);
    private static final Duration SETTLES = Duration.ofMinutes(2);

    private static final String RECORDED_RESENDS = """
            SELECT count(*) FROM operation_item i
             WHERE (SELECT count(*) FROM event e
                     WHERE e.message_id = i.message_id AND e.subscription = i.subscription AND e.kind = 'RESENT')
                   <> CASE i.outcome WHEN 'RESENT' THEN 1 ELSE 0 END
            """;

    @Test
    void eachDeliveryHasOneOutcomeAndEachNumberIsThatOfItsList() {
        try (var operating = OperatorClient.open(DELIVERIES)) {
            var youngest = operating.youngest(DISCARDED);
            var id = operating.resend(DELIVERIES, PER_SECOND);
            youngest.forEach(operating::discard); // somebody else, meanwhile

            var kills = 0;
            do {
                for (var process : operating.processes()) {
                    Slowness.upTo(MAX_LIFE);
                    System.out.printf("kill %d: %s%n", ++kills, process.dies(MAX_DEATH));
                }
            } while (!isOver(operating.operation(id)));

            var resent = DELIVERIES - DISCARDED;
            await().atMost(SETTLES)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> number(operating.operation(id), OperationOutcome.CONSUMED) == resent);
            var operation = operating.operation(id);
            System.out.printf("after %d kills: %s%n", kills, operation);
            assertThat(operation.path("matched").asInt()).isEqualTo(DELIVERIES);
            assertThat(number(operation, OperationOutcome.RESENT)).isEqualTo(resent);
            assertThat(number(operation, OperationOutcome.SKIPPED)).isEqualTo(DISCARDED);
            assertThat(number(operation, OperationOutcome.FAILED)).isZero();
            assertThat(number(operation, OperationOutcome.SENT)).isEqualTo(resent);
            eachNumberIsThatOfItsList(operating, id, operation);
            assertThat(operating
                            .ledger()
                            .sql(RECORDED_RESENDS)
                            .query(Long.class)
                            .single())
                    .as("deliveries that were not resent as often as their outcome says")
                    .isZero();
            assertThat(operating.effects().messages()).hasSize(resent).doesNotHaveDuplicates();
        }
    }

    private static void eachNumberIsThatOfItsList(OperatorClient operating, String id, JsonNode operation) {
        for (var outcome : OperationOutcome.values()) {
            if (outcome != OperationOutcome.WAITING) {
                assertThat(operating.items(id, "&outcome=" + outcome))
                        .as("%s of %s", outcome, operation)
                        .hasSize(number(operation, outcome))
                        .doesNotHaveDuplicates();
            }
        }
        assertThat(operating.items(id, "")).hasSize(DELIVERIES).doesNotHaveDuplicates();
    }

    private static boolean isOver(JsonNode operation) {
        return operation.path("state").asString().equals("FINISHED");
    }

    private static int number(JsonNode operation, OperationOutcome outcome) {
        return operation.path(outcome.name().toLowerCase(Locale.ROOT)).asInt();
    }
}
