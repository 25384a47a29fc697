package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The broker restarts, in order and by kill, and keeps its data. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class BrokerRestartedTest {

    private static final int RESTARTS = RunLength.of(20, 2);
    private static final Duration RESUMES = Duration.ofSeconds(10);
    private static final int MAX_IN_FLIGHT = 1000; // message-service.publishing.unconfirmed
    private static final Duration LOAD_BETWEEN = RunLength.of(Duration.ofSeconds(4), Duration.ofSeconds(2));

    @Test
    void publishingResumesAfterEveryRestartAndNothingIsSentTwiceForIt() {
        // Nothing comes back on the schedule: what is lost or counted by a restart shows.
        try (var environment = TestEnvironment.open(Setting.of(Duration.ofMinutes(10), Load.perSecond(500)))) {
            environment.broker().writeDownQueues();
            environment.consumer().start();
            environment.producers().start();
            environment.works();

            for (var restart = 1; restart <= RESTARTS; restart++) {
                Slowness.upTo(LOAD_BETWEEN);
                end(environment, restart);
                environment.broker().start();
                var resumed = environment.untilPublishing(RESUMES);
                var links = Links.of(environment.broker());
                environment.report(
                        "restart %d of %d, resumed after %d ms, %s", restart, RESTARTS, resumed.toMillis(), links);
                assertThat(links.connections()).isLessThanOrEqualTo(Links.MAX_CONNECTIONS);
                assertThat(links.channels()).isLessThanOrEqualTo(Links.MAX_CHANNELS);
            }

            environment.settlesWithin(Duration.ofMinutes(3)); // the backlog of all restarts
            assertThat(environment.journal().unclear()).isEmpty();
            // 0: on its way when the broker went, so given back; the broker had it after all, and it was consumed.
            var deliveries = environment.ledger().deliveriesByAttempts();
            System.out.println("deliveries by attempts: " + deliveries);
            assertThat(deliveries.keySet()).isSubsetOf(0, 1);
            assertThat(deliveries.getOrDefault(0, 0)).isLessThanOrEqualTo(RESTARTS * MAX_IN_FLIGHT);
        }
    }

    private static void end(TestEnvironment environment, int restart) {
        if (restart % 2 == 0) {
            environment.broker().stop();
        } else {
            environment.broker().kill();
        }
    }
}
