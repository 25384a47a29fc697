package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service dies after it has counted a delivery's only attempt, and before it has offered it to the broker. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class ServiceKilledBeforeSendingTest {

    private static final int KILLS = RunLength.of(200, 8);
    private static final Duration SCHEDULE = Duration.ofSeconds(1);
    private static final Duration MAX_LIFE = Duration.ofSeconds(1);

    @Test
    void nothingIsGivenUpThatNobodyHasSeen() {
        var setting = Setting.of(SCHEDULE, Load.perSecond(1000)).withoutAcksAfterOneAttempt();
        try (var environment = TestEnvironment.open(setting)) {
            environment.consumer().start();
            environment.producers().start();

            for (var kill = 1; kill <= KILLS; kill++) {
                Slowness.upTo(MAX_LIFE);
                environment.service().kill();
                environment.report("kill %d of %d", kill, KILLS);
                environment.service().start();
                environment.service().awaitReady();
            }
            environment.producers().finish();

            await().atMost(Duration.ofSeconds(120))
                    .until(() -> environment.ledger().sending() == 0);
            var dead = environment.ledger().dead();
            environment.report(
                    "%,d given up, %,d seen",
                    dead.size(), environment.effects().messages().size());
            assertThat(dead).isNotEmpty();
            assertThat(environment.effects().messages()).containsAll(dead);
        }
    }
}
