package io.reliablemessage.service.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.RecoveryJob;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.testing.LocalRabbitMq;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Many intervals without a broker cost no delivery an attempt. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class OutageTest {

    private static final Duration STEP = Duration.ofMillis(200);

    @Test
    void anOutageOfManyIntervalsSpendsNoAttempt() throws IOException {
        try (var broker = LocalRabbitMq.launch();
                var service = Service.start(
                        broker,
                        Map.of(
                                "message-service.ledger.schedule", "200ms",
                                "message-service.ledger.max-attempts", 3,
                                "message-service.publishing.queue-type", "classic"))) {
            var route = service.newRoute();
            var before = IntStream.range(0, 50).mapToObj(i -> route.confirmed()).toList();
            route.take(50);
            broker.stop();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !service.bean(Publishing.class).accepts());
            var attempts = attempts(service);
            var during = IntStream.range(0, 50).mapToObj(i -> route.confirmed()).toList();

            try (var job = new RecoveryJob(service, Duration.ofMillis(50))) {
                var end = System.nanoTime() + STEP.multipliedBy(20).toNanos();
                await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() - end > 0);

                assertThat(job.sent()).isZero();
                assertThat(attempts(service)).isEqualTo(attempts);
                broker.start();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> service.bean(Publishing.class).accepts());
                var received = new HashSet<String>();
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                    try (var tap = new QueueConsumer(service, route.queue())) {
                        for (var message = tap.poll(); message != null; message = tap.poll()) {
                            received.add(message.getProps().getMessageId());
                        }
                    }
                    return received.containsAll(during) && received.containsAll(before);
                });
            }
        }
    }

    private static int attempts(Service service) {
        return service.jdbc()
                .sql("SELECT COALESCE(sum(attempts), 0) FROM delivery")
                .query(Integer.class)
                .single();
    }
}
