package io.reliablemessage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("faults")
@EnabledIf(value = "io.reliablemessage.testing.LocalRabbitMq#isInstalled", disabledReason = "no rabbitmq-server here")
class LocalRabbitMqTest {

    @Test
    void keepsItsMessagesWhenStoppedAndWhenKilled() throws Exception {
        try (var rabbitMq = LocalRabbitMq.launch()) {
            int port = rabbitMq.port();
            var queue = withOneMessage(rabbitMq);

            rabbitMq.stop();
            rabbitMq.start();
            assertThat(messagesIn(queue, rabbitMq)).isEqualTo(1);

            rabbitMq.kill();
            rabbitMq.start();
            assertThat(messagesIn(queue, rabbitMq)).isEqualTo(1);
            assertThat(rabbitMq.port()).isEqualTo(port);
        }
    }

    @Test
    void forgetsEverythingWhenWiped() throws Exception {
        try (var rabbitMq = LocalRabbitMq.launch()) {
            var queue = withOneMessage(rabbitMq);
            assertThat(rabbitMq.ctl("list_queues", "name")).contains(queue);

            rabbitMq.stop();
            rabbitMq.wipe();
            rabbitMq.start();

            assertThat(rabbitMq.ctl("list_queues", "name")).doesNotContain(queue);
        }
    }

    @Test
    void endsWithItsJvm() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jvm = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), RabbitMqHolder.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = jvm.inputReader(UTF_8)) {
            assertThat(output.lines().anyMatch(RabbitMqHolder.READY::equals)).isTrue();
            var offspring = jvm.descendants().toList();
            assertThat(offspring).hasSizeGreaterThan(3);

            jvm.destroyForcibly();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> offspring.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private static String withOneMessage(Broker broker) throws Exception {
        try (var amqp = Amqp.connectedTo(broker)) {
            var queue = amqp.declareQuorumQueue();
            amqp.channel().confirmSelect();
            amqp.publish(queue, new byte[] {1});
            amqp.channel().waitForConfirmsOrDie(10_000);
            return queue;
        }
    }

    private static int messagesIn(String queue, Broker broker) throws Exception {
        try (var amqp = Amqp.connectedTo(broker)) {
            // A quorum queue elects its leader after the node took the connection.
            return await().atMost(Duration.ofSeconds(20))
                    .until(() -> amqp.channel().queueDeclarePassive(queue).getMessageCount(), count -> count > 0);
        }
    }

    /** What the killed JVM runs. */
    static final class RabbitMqHolder {

        static final String READY = "ready";

        public static void main(String[] arguments) throws InterruptedException {
            LocalRabbitMq.launch();
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
