package io.reliablemessage.faults;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.faults.load.Load;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.process.Setting;
import io.reliablemessage.testing.LocalRabbitMq;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Of a broker's three nodes one dies at a time, mostly the one that leads the queue; the two others go on. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class BrokerNodeKilledTest {

    private static final int KILLS = RunLength.of(12, 3);
    private static final Duration LOAD_BETWEEN = RunLength.of(Duration.ofSeconds(5), Duration.ofSeconds(2));
    private static final Duration RESUMES = Duration.ofSeconds(10);
    private static final int PER_SECOND = 200;

    @Test
    void nothingThatWasConfirmedIsLostWithANode() {
        // Nothing comes back on the schedule: what is lost with a node shows.
        try (var scene =
                TestEnvironment.openWithCluster(Setting.of(Duration.ofMinutes(10), Load.perSecond(PER_SECOND)))) {
            hasThreeCopies(scene);
            scene.nodes().forEach(LocalRabbitMq::writeDownQueues);
            scene.consumer().start();
            scene.producers().start();
            scene.works();

            for (var kill = 0; kill < KILLS; kill++) {
                Slowness.upTo(LOAD_BETWEEN);
                var leader = leader(scene.nodes());
                var victim = kill % 2 == 0 ? leader : scene.nodes().get(kill / 2 % 3);
                victim.kill();
                var resumed = scene.untilPublishing(RESUMES);
                scene.catchesUp(PER_SECOND);
                scene.tell(
                        "kill %d of %d, %s, publishing resumed after %d ms",
                        kill + 1, KILLS, victim == leader ? "of the leader" : "of any", resumed.toMillis());
                victim.start();
                hasThreeCopies(scene);
            }

            scene.settlesWithin(Duration.ofSeconds(60));
            assertThat(scene.journal().unclear()).isEmpty();
            assertThat(scene.ledger().deliveriesByAttempts().keySet()).isSubsetOf(0, 1);
        }
    }

    private static LocalRabbitMq leader(List<LocalRabbitMq> nodes) {
        var name = ask(nodes.getFirst(), "leader");
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** All nodes are there, and each has the queue: the next one may go. */
    private static void hasThreeCopies(TestEnvironment scene) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask(scene.broker(), "online").split(",", -1).length == 3);
    }

    private static String ask(LocalRabbitMq node, String what) {
        return node.ctl("list_queues", "name", what)
                .lines()
                .filter(row -> row.startsWith(TestEnvironment.QUEUE))
                .map(row -> row.substring(row.indexOf('\t') + 1))
                .collect(joining());
    }
}
