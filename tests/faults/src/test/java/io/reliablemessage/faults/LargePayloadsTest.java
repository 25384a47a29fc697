package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.process.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The largest payloads there may be, as fast as they come, into a service with little memory. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class LargePayloadsTest {

    private static final Duration LOAD = RunLength.of(Duration.ofSeconds(30), Duration.ofSeconds(3));
    private static final Duration ALARM =
            RunLength.of(Duration.ofSeconds(30), Duration.ofSeconds(17)); // longer than a confirm may take;
    private static final String HEAP = "512m";
    private static final long MAX_MEBIBYTES = 900;

    @Test
    void memoryStaysBoundedAndWhatIsAcceptedArrives() {
        var load = new Load(16, 0, 1024 * 1024);
        try (var environment = TestEnvironment.open(Setting.of(Duration.ofSeconds(30), load, HEAP, 20))) {
            environment.consumer().start();
            environment.producers().start();

            environment.passes(LOAD, "1 MiB at full speed");
            environment.broker().ctl("set_vm_memory_high_watermark", "0.000001");
            environment.passes(ALARM, "alarm, 1 MiB at full speed");
            environment.broker().ctl("set_vm_memory_high_watermark", "0.4");
            environment.passes(LOAD, "1 MiB at full speed");
            environment.settlesWithin(Duration.ofMinutes(3));

            var peak = environment.service().peakMebibytes();
            environment.report("at most %d MiB, of which %s are heap", peak, HEAP);
            assertThat(peak).isLessThan(MAX_MEBIBYTES);
            assertThat(environment.service().starts()).isOne();
            assertThat(environment.service().log())
                    .noneMatch(line -> line.contains("OutOfMemoryError"))
                    .as("an alarm is no doubt about the channel")
                    .noneMatch(line -> line.contains("the broker confirms nothing"));
            assertThat(environment.journal().unclear().keySet()).isSubsetOf(429, 503);
        }
    }
}
