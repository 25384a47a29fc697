package io.reliablemessage.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class RedeliveryScheduleTest {

    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));

    @Test
    void theLastWaitRepeatsUntilTheAttemptsAreSpent() {
        assertThat(waits(5))
                .containsExactly(
                        Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5));
    }

    @Test
    void theNextTimesCanBeSeenBefore() {
        assertThat(new RedeliverySchedule(WAITS, 4).preview(20))
                .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(390));
        assertThat(new RedeliverySchedule(WAITS, 1000).preview(20)).hasSize(20);
        assertThat(new RedeliverySchedule(WAITS, 1).preview(20)).isEmpty();
    }

    @Test
    void theLedgerWaitsAsLongAndUpToATenthMore() {
        var waits = waits(12);
        for (var attempt = 1; attempt < 12; attempt++) {
            var planned = waits.get(attempt - 1);

            var seconds = Service.shared()
                    .jdbc()
                    .sql("SELECT extract(EPOCH FROM redelivery_wait(ARRAY[30000, 60000, 300000]::bigint[], :attempt))"
                            + " FROM generate_series(1, 100)")
                    .param("attempt", attempt)
                    .query(Double.class)
                    .list();

            assertThat(seconds)
                    .allSatisfy(
                            wait -> assertThat(wait).isBetween((double) planned.toSeconds(), planned.toSeconds() * 1.1))
                    .doesNotHaveDuplicates();
        }
    }

    /** Between one send and the next. */
    private static List<Duration> waits(int maxAttempts) {
        var waits = new ArrayList<Duration>();
        var before = Duration.ZERO;
        for (var time : new RedeliverySchedule(WAITS, maxAttempts).preview(maxAttempts)) {
            waits.add(time.minus(before));
            before = time;
        }
        return waits;
    }
}
