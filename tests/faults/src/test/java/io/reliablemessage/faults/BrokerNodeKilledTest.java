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

/** One of a broker's three nodes is killed at a time, mostly the queue's leader; the others continue. */
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
        try (var environment =
                TestEnvironment.openWithCluster(Setting.of(Duration.ofMinutes(10), Load.perSecond(PER_SECOND)))) {
            hasThreeCopies(environment);
            environment.nodes().forEach(LocalRabbitMq::writeDownQueues);
            environment.consumer().start();
            environment.producers().start();
            environment.works();

            for (var kill = 0; kill < KILLS; kill++) {
                Slowness.upTo(LOAD_BETWEEN);
                var leader = leader(environment.nodes());
                var process = kill % 2 == 0 ? leader : environment.nodes().get(kill / 2 % 3);
                process.kill();
                var resumed = environment.untilPublishing(RESUMES);
                environment.catchesUp(PER_SECOND);
                environment.report(
                        "kill %d of %d, %s, publishing resumed after %d ms",
                        kill + 1, KILLS, process == leader ? "of the leader" : "of any", resumed.toMillis());
                process.start();
                hasThreeCopies(environment);
            }

            environment.settlesWithin(Duration.ofSeconds(60));
            assertThat(environment.journal().unclear()).isEmpty();
            assertThat(environment.ledger().deliveriesByAttempts().keySet()).isSubsetOf(0, 1);
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
    private static void hasThreeCopies(TestEnvironment environment) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask(environment.broker(), "online").split(",", -1).length == 3);
    }

    private static String ask(LocalRabbitMq node, String what) {
        return node.ctl("list_queues", "name", what)
                .lines()
                .filter(row -> row.startsWith(TestEnvironment.QUEUE))
                .map(row -> row.substring(row.indexOf('\t') + 1))
                .collect(joining());
    }
}
