package io.reliablemessage.faults;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service dies between any two of its instructions. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class ServiceKilledTest {

    private static final int KILLS = RunLength.of(50, 4);
    private static final Duration SCHEDULE = Duration.ofSeconds(3);
    private static final Duration MAX_LIFE = RunLength.of(Duration.ofSeconds(4), Duration.ofSeconds(2));

    @Test
    void everyAnswerHoldsWheneverTheServiceIsKilled() {
        try (var environment = TestEnvironment.open(Setting.of(SCHEDULE, Load.perSecond(500)))) {
            environment.consumer().start();
            environment.producers().start();

            for (var kill = 1; kill <= KILLS; kill++) {
                Slowness.upTo(MAX_LIFE);
                environment.service().kill();
                environment.report("kill %d of %d", kill, KILLS);
                environment.service().start();
                environment.service().awaitReady();
            }

            environment.settlesWithin(Duration.ofSeconds(60));
        }
    }
}
