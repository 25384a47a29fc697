package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The broker comes back without its queues and with none of the messages that it had confirmed. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class BrokerWipedTest {

    private static final int WIPES = RunLength.of(5, 1);
    private static final Duration SCHEDULE = Duration.ofSeconds(5);
    private static final Duration RESUMES = Duration.ofSeconds(10);

    @Test
    void whatTheBrokerForgotIsSentAgainToQueuesDeclaredAgain() {
        try (var environment = TestEnvironment.open(Setting.of(SCHEDULE, Load.perSecond(200)))) {
            environment.producers().start();

            for (var wipe = 1; wipe <= WIPES; wipe++) {
                Slowness.of(Duration.ofSeconds(3));
                environment.broker().stop();
                environment.broker().wipe();
                environment.broker().start();
                if (wipe == 1) {
                    environment.consumer().start(); // only now: all that was published before is lost
                }
                environment.report(
                        "wipe %d of %d, resumed after %d ms",
                        wipe, WIPES, environment.untilPublishing(RESUMES).toMillis());
            }

            environment.settlesWithin(Duration.ofSeconds(60));
            assertThat(environment.ledger().deliveriesByAttempts())
                    .as("sent again")
                    .containsKey(2);
            assertThat(environment.journal().unclear()).isEmpty();
        }
    }
}
