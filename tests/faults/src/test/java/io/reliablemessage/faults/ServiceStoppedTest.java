package io.reliablemessage.faults;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service is asked to end while everybody calls it, as at every roll-out. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class ServiceStoppedTest {

    private static final int STOPS = RunLength.of(10, 1);
    private static final Duration MAX_LIFE = RunLength.of(Duration.ofSeconds(4), Duration.ofSeconds(2));
    private static final Duration MAX_END = Duration.ofSeconds(20);

    @Test
    void itEndsInTimeAndEveryAnswerHolds() {
        try (var scene = TestEnvironment.open(Setting.of(Duration.ofSeconds(3), Load.perSecond(500)))) {
            scene.consumer().start();
            scene.producers().start();

            for (var stop = 1; stop <= STOPS; stop++) {
                Slowness.upTo(MAX_LIFE);
                var took = scene.service().terminate(MAX_END);
                scene.everyAnswerHolds();
                scene.tell("stop %d of %d took %d ms", stop, STOPS, took.toMillis());
                scene.service().start();
                scene.service().awaitReady();
            }

            scene.settlesWithin(Duration.ofSeconds(60));
        }
    }
}
