package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The broker is down for longer than the whole schedule, while the jobs keep calling. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class BrokerAwayTest {

    private static final Duration OUTAGE = RunLength.of(Duration.ofMinutes(5), Duration.ofSeconds(15));
    private static final Duration SCHEDULE = Duration.ofSeconds(1);
    private static final Duration IN_FLIGHT = Duration.ofSeconds(3);
    private static final Duration RESUMES = Duration.ofSeconds(10);

    @Test
    void aLongOutageSpendsNoAttempt() {
        // As much as the consumer can take at once afterwards: what waits in its queue for a second is sent again.
        try (var environment = TestEnvironment.open(Setting.of(SCHEDULE, Load.perSecond(20)))) {
            environment.consumer().start();
            environment.producers().start();
            environment.works();

            environment.broker().stop();
            Slowness.of(IN_FLIGHT);
            var atFirst = environment.ledger().attemptsSoFar();
            environment.passes(OUTAGE, "the broker is away");
            var atLast = environment.ledger().attemptsSoFar();
            environment.broker().start();
            environment.report(
                    "resumed after %d ms", environment.untilPublishing(RESUMES).toMillis());

            assertThat(atLast).hasSizeGreaterThan(atFirst.size());
            assertThat(atLast)
                    .allSatisfy(
                            (id, attempts) -> assertThat(attempts).isLessThanOrEqualTo(atFirst.getOrDefault(id, 0)));
            environment.settlesWithin(Duration.ofSeconds(60));
            assertThat(environment.journal().unclear()).isEmpty();
        }
    }
}
