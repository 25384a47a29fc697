package io.reliablemessage.faults;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service is stopped under load, as at every roll-out. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class ServiceStoppedTest {

    private static final int STOPS = RunLength.of(10, 1);
    private static final Duration MAX_LIFE = RunLength.of(Duration.ofSeconds(4), Duration.ofSeconds(2));
    private static final Duration MAX_END = Duration.ofSeconds(20);

    @Test
    void itEndsInTimeAndEveryAnswerHolds() {
        try (var environment = TestEnvironment.open(Setting.of(Duration.ofSeconds(3), Load.perSecond(500)))) {
            environment.consumer().start();
            environment.producers().start();

            for (var stop = 1; stop <= STOPS; stop++) {
                Slowness.upTo(MAX_LIFE);
                var took = environment.service().terminate(MAX_END);
                environment.everyAnswerHolds();
                environment.report("stop %d of %d took %d ms", stop, STOPS, took.toMillis());
                environment.service().start();
                environment.service().awaitReady();
            }

            environment.settlesWithin(Duration.ofSeconds(60));
        }
    }
}
