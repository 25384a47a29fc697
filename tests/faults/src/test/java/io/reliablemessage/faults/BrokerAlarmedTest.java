package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The broker raises an alarm and accepts nothing for a while: neither a confirm nor an error comes. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class BrokerAlarmedTest {

    private static final Duration ALARM = RunLength.of(Duration.ofSeconds(60), Duration.ofSeconds(5));
    private static final Duration IN_FLIGHT = Duration.ofSeconds(3);
    private static final Duration RESUMES = Duration.ofSeconds(10);
    private static final int PER_SECOND = 300;
    private static final long MAX_MEBIBYTES = 640; // of a heap of 256 MiB and everything beside it

    enum Alarm {
        MEMORY("set_vm_memory_high_watermark", "0.000001", "0.4"),
        DISK("set_disk_free_limit", "1000000GB", "50MB");

        private final String command;
        private final String raised;
        private final String ended;

        Alarm(String command, String raised, String ended) {
            this.command = command;
            this.raised = raised;
            this.ended = ended;
        }
    }

    @Test
    void callersNoticeNothingAndNoAttemptIsCounted() {
        // Nothing comes back on the schedule: what is lost or counted during an alarm shows.
        try (var environment = TestEnvironment.open(Setting.of(Duration.ofMinutes(10), Load.perSecond(PER_SECOND)))) {
            environment.consumer().start();
            environment.producers().start();
            environment.works();

            for (var alarm : Alarm.values()) {
                passes(environment, alarm);
                environment.catchesUp(PER_SECOND);
            }

            environment.settlesWithin(Duration.ofSeconds(60));
            assertThat(environment.ledger().deliveriesByAttempts().keySet()).isEqualTo(Set.of(1));
            assertThat(environment.journal().unclear()).isEmpty();
        }
    }

    private static void passes(TestEnvironment environment, Alarm alarm) {
        environment.broker().ctl(alarm.command, alarm.raised);
        Slowness.of(IN_FLIGHT);
        var atFirst = environment.ledger().attemptsSoFar();
        var confirmed = environment.journal().confirmedSoFar();
        environment.passes(ALARM, "alarm: " + alarm);
        confirmed = environment.journal().confirmedSoFar() - confirmed;
        var atLast = environment.ledger().attemptsSoFar();
        environment.broker().ctl(alarm.command, alarm.ended);
        var resumed = environment.untilPublishing(RESUMES);
        var peak = environment.service().peakMebibytes();
        environment.report("resumed after %d ms, at most %d MiB", resumed.toMillis(), peak);

        assertThat(confirmed).isGreaterThan(PER_SECOND / 2 * ALARM.toSeconds());
        assertThat(atLast).hasSizeGreaterThan(atFirst.size());
        assertThat(atLast)
                .allSatisfy((id, attempts) -> assertThat(attempts).isLessThanOrEqualTo(atFirst.getOrDefault(id, 0)));
        assertThat(peak).isLessThan(MAX_MEBIBYTES);
    }
}
