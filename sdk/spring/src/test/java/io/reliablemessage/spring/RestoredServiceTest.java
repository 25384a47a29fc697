package io.reliablemessage.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/** The service's database is restored to an earlier point, under load: what it lost comes back from the rows. */
class RestoredServiceTest {

    private static final int THREADS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @OnEachDatabase
    void everythingThatTheRestoreLostIsSentAgain(TestDatabase database) throws Exception {
        try (var rig = ProducerRig.on(database, settings -> settings.withPrepareTimeout(Duration.ofSeconds(10)))) {
            rig.transaction.executeWithoutResult(tx -> {
                rig.save("later");
                rig.messages
                        .to(ProducerRig.TOPIC)
                        .key("later")
                        .delay(Duration.ofMinutes(30))
                        .send(Map.of());
            });
            var threads = Executors.newFixedThreadPool(THREADS);
            var isOver = new AtomicBoolean();
            var loads = new ArrayList<Future<?>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var prefix = "thread-" + thread + "-";
                loads.add(threads.submit(() -> {
                    for (var i = 0; !isOver.get(); i++) {
                        var number = prefix + i;
                        rig.transaction.executeWithoutResult(tx -> rig.place(number));
                    }
                }));
            }
            Awaitility.await().atMost(LIMIT).until(() -> rig.rows("SENT") > 100);
            var before = rig.delivered();

            rig.service.restore(Instant.now().minus(Duration.ofMinutes(10)));
            assertThat(rig.delivered()).doesNotContainSequence(before).hasSizeLessThan(before.size());
            Awaitility.await().atMost(LIMIT).until(() -> rig.delivered().containsAll(before));
            isOver.set(true);
            for (var load : loads) {
                load.get();
            }
            threads.shutdown();

            rig.settle();
            assertThat(rig.delivered())
                    .isEqualTo(rig.orders())
                    .contains("later")
                    .hasSizeGreaterThan(100);
        }
    }
}
