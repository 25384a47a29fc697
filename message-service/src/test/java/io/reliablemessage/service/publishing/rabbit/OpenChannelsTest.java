package io.reliablemessage.service.publishing.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.publishing.Broker;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.service.publishing.RecordedAnswers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** What operators see of the way from a prepare to a queue. */
@Tag("broker")
class OpenChannelsTest {

    @Test
    void openConnectionsAndChannelsAreCountedWhoeverOpenedThem() throws IOException, TimeoutException {
        try (var service = Service.start(Map.of())) {
            service.bean(CachingConnectionFactory.class).resetConnection();
            awaitOpen(service, 1, 1); // publishing's own

            var own = service.bean(Broker.class).open(new RecordedAnswers());
            awaitOpen(service, 1, 2);
            own.abort();
            awaitOpen(service, 1, 1);

            service.bean(RabbitTemplate.class).execute(channel -> channel.isOpen());
            awaitOpen(service, 2, 2); // Spring keeps both for the next time
            service.bean(CachingConnectionFactory.class).resetConnection();
            awaitOpen(service, 1, 1);
        }
    }

    @Test
    void aConnectionThatIsReplacedLeavesNothingBehind() {
        try (var service = Service.start(Map.of())) {
            var broker = service.bean(Broker.class);
            for (var i = 0; i < 3; i++) {
                var generation = broker.generation();
                broker.disconnect();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> broker.generation() > generation
                                && service.bean(Publishing.class).accepts());
            }
            service.bean(CachingConnectionFactory.class).resetConnection();

            awaitOpen(service, 1, 1);
        }
    }

    private static void awaitOpen(Service service, int connections, int channels) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(gauge(service, "connections")).as("connections").isEqualTo(connections);
            assertThat(gauge(service, "channels")).as("channels").isEqualTo(channels);
        });
    }

    private static double gauge(Service service, String name) {
        return service.bean(MeterRegistry.class)
                .get("reliable.message.broker." + name)
                .gauge()
                .value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group_commit_batch_size_count{application=\"message-service\",group=\"prepare\"}",
                "group_commit_batch_size_sum{application=\"message-service\",group=\"decision\"}",
                "group_commit_batch_size_max{application=\"message-service\",group=\"ack\"}",
                "group_commit_batch_size_count{application=\"message-service\",group=\"send\"}",
                "group_commit_write_seconds_sum{application=\"message-service\",group=\"prepare\"}",
                "group_commit_write_seconds_max{application=\"message-service\",group=\"ack\"}",
                "group_commit_waiting{application=\"message-service\",group=\"decision\"}",
                "group_commit_refused_total{application=\"message-service\",group=\"prepare\",reason=\"full\"}",
                "group_commit_refused_total{application=\"message-service\",group=\"ack\",reason=\"overdue\"}",
                "publishes_total{application=\"message-service\",outcome=\"confirmed\"}",
                "publishes_total{application=\"message-service\",outcome=\"nacked\"}",
                "publishes_total{application=\"message-service\",outcome=\"unroutable\"}",
                "publishes_total{application=\"message-service\",outcome=\"channel_closed\"}",
                "publishes_total{application=\"message-service\",outcome=\"unreachable\"}",
                "publishing_waiting{application=\"message-service\"}",
                "publishing_accepting{application=\"message-service\"}",
                "delivery_latency_seconds_bucket{application=\"message-service\",le=\"+Inf\"}",
                "delivery_latency_seconds_count{application=\"message-service\"}",
                "broker_connections{application=\"message-service\"}",
                "broker_channels{application=\"message-service\"}"
            })
    void theHotPathIsExported(String series) {
        var service = Service.shared();
        var scraped = service.as(Key.WORKER)
                .get("/actuator/prometheus")
                .is(200)
                .body()
                .asString();

        assertThat(scraped.lines()).anyMatch(line -> line.startsWith("reliable_message_%s ".formatted(series)));
    }
}
