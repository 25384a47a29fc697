package io.reliablemessage.faults;

import io.reliablemessage.faults.load.Outcome;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.KilledProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every process, servers included, is killed in turn, again and again, while orders come in. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class EverythingKilledTest {

    private static final int ORDERS_PER_SECOND = RunLength.of(80, 50);
    private static final Duration LOAD = RunLength.of(Duration.ofMinutes(10), Duration.ZERO); // one round at least
    private static final Duration MAX_LIFE = RunLength.of(Duration.ofSeconds(3), Duration.ofMillis(500));
    private static final Duration MAX_DEATH = RunLength.of(Duration.ofSeconds(3), Duration.ofMillis(500));
    private static final Duration SETTLES = Duration.ofMinutes(2);

    @Test
    void everyOrderThatWasCommittedIsConsumedOnceAndNothingElseEverIs() {
        var from = Instant.now();
        try (var everything = Everything.open(ORDERS_PER_SECOND)) {
            var outcome = new Outcome(everything);
            outcome.report("all works after %d s"
                    .formatted(Duration.between(from, Instant.now()).toSeconds()));
            var end = Instant.now().plus(LOAD);
            var kills = 0;
            do {
                for (var process : inAnyOrder(everything.processes())) {
                    Slowness.upTo(MAX_LIFE);
                    outcome.report("kill %d: %s".formatted(++kills, process.dies(MAX_DEATH)));
                }
            } while (Instant.now().isBefore(end));

            var settled = everything.settlesWithin(SETTLES);
            outcome.report("all at rest %.1f s after the last order".formatted(settled.toMillis() / 1000.0));
            outcome.addsUp(kills);
        }
    }

    private static Collection<KilledProcess> inAnyOrder(List<KilledProcess> all) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled);
        var oneOfEachKind = new LinkedHashMap<String, KilledProcess>();
        shuffled.forEach(process -> oneOfEachKind.put(process.kind(), process));
        return RunLength.of(shuffled, oneOfEachKind.values());
    }
}
