package io.reliablemessage.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The producer's process ends with SIGKILL at any line, under load; another replica, here the test, does the rest. */
@Tag("faults")
class ProducerKilledTest {

    private static final int ROUNDS = "short".equals(System.getProperty("faults.form")) ? 5 : 50;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void everyCommittedOrderIsDelivered(TestDatabase database) throws Exception {
        try (var rig = ProducerRig.on(database)) {
            for (var round = 0; round < ROUNDS; round++) {
                var process = start(rig, "round-" + round);
                try {
                    assertThat(process.inputReader().readLine()).isEqualTo("placed");
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(400));
                } finally {
                    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                }
            }

            var waiting = rig.rows("WAITING");
            var pending = rig.service.sent().pending().list().size();
            rig.settle();

            var orders = rig.orders();
            assertThat(orders).hasSizeGreaterThan(ROUNDS);
            var lost = new TreeSet<>(orders);
            lost.removeAll(rig.delivered());
            assertThat(lost).as("committed, not delivered").isEmpty();
            var ghosts = new TreeSet<>(rig.delivered());
            ghosts.removeAll(orders);
            assertThat(ghosts).as("delivered, not committed").isEmpty();
            System.out.printf(
                    "%s: %d kills, %d orders, %d rows and %d half messages left behind, 0 lost, 0 ghosts%n",
                    database, ROUNDS, orders.size(), waiting, pending);
        }
    }

    private static Process start(ProducerRig rig, String prefix) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledProducer.class.getName(),
                        rig.pool.getJdbcUrl(),
                        rig.pool.getUsername(),
                        rig.pool.getPassword(),
                        rig.network.url().toString(),
                        rig.service.apiKey("orders"),
                        prefix)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
