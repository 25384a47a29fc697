package io.reliablemessage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.load.Consumer;
import io.reliablemessage.faults.load.Effects;
import io.reliablemessage.faults.load.TestApplication;
import io.reliablemessage.faults.process.Application;
import io.reliablemessage.faults.process.Http;
import io.reliablemessage.faults.process.KilledProcess;
import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.faults.process.Program;
import io.reliablemessage.faults.process.ServiceSettings;
import io.reliablemessage.testing.DeadDeliveries;
import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.LocalRabbitMq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service, its recovery-job and a consumer, with many dead deliveries, and an operator who resends them. */
final class OperatorClient implements AutoCloseable {

    private static final Duration SCHEDULE = Duration.ofSeconds(3);
    private static final int PAGE = 200;

    private final JsonMapper json = new JsonMapper();
    private final LocalRabbitMq broker = LocalRabbitMq.stopped();
    private final Program service;
    private final Program job;
    private final JdbcClient ledger;
    private final Effects effects;
    private final Consumer consumer;

    private OperatorClient() {
        var database = Infrastructure.postgres().newDatabase();
        service = Application.MESSAGE_SERVICE.program(
                "256m", ServiceSettings.of(database, List.of(broker), TestEnvironment.QUEUE_PREFIX));
        job = Application.RECOVERY_JOB.program("64m", ServiceSettings.ofWorker("recovery-job", service.address()));
        ledger = OwnDatabase.view(database);
        effects = Effects.in(Infrastructure.postgres().newDatabase());
        consumer = new Consumer(List.of(broker), 100, 0, effects, clientOf(TestApplication.POINTS));
    }

    /** Returns when everything works and the deliveries are dead. */
    static OperatorClient open(int dead) {
        var opened = new OperatorClient();
        try {
            opened.service.start(); // meanwhile, the broker starts
            opened.job.start();
            opened.broker.start();
            opened.service.awaitReady();
            opened.job.awaitReady();
            opened.register();
            opened.bury(dead);
            opened.consumer.start();
            return opened;
        } catch (RuntimeException | Error failed) {
            opened.close();
            throw failed;
        }
    }

    private void bury(int count) {
        var ids = ledger.sql(DeadDeliveries.SENT_IN_VAIN)
                .param("topic", TestEnvironment.NAME)
                .param("subscription", TestEnvironment.NAME)
                .param("count", count)
                .query(UUID.class)
                .list();
        ledger.sql(DeadDeliveries.BURY)
                .param("ids", ids.toArray(UUID[]::new))
                .param("subscription", TestEnvironment.NAME)
                .update();
    }

    private void register() {
        try (var producer = clientOf(TestApplication.SHOP);
                var subscriber = clientOf(TestApplication.POINTS)) {
            producer.registerTopic(
                    TestEnvironment.NAME,
                    TopicRequest.builder()
                            .consumers(List.of(TestApplication.POINTS.application()))
                            .build());
            subscriber.registerSubscription(
                    TestEnvironment.NAME,
                    SubscriptionRequest.builder(TestEnvironment.NAME)
                            .schedule(List.of(SCHEDULE))
                            .build());
        }
    }

    private ReliableMessageClient clientOf(TestApplication party) {
        return ReliableMessageClient.create(ClientSettings.of(service.address(), party.key()));
    }

    List<KilledProcess> processes() {
        return List.of(KilledProcess.of(service), KilledProcess.of(job), KilledProcess.of("RabbitMQ", broker));
    }

    Effects effects() {
        return effects;
    }

    JdbcClient ledger() {
        return ledger;
    }

    /** Ids of the youngest dead ones, which an operation comes to last. */
    List<String> youngest(int count) {
        return ledger.sql(
                        "SELECT message_id::text FROM delivery WHERE state = 'DEAD' ORDER BY message_id DESC LIMIT :count")
                .param("count", count)
                .query(String.class)
                .list();
    }

    void discard(String message) {
        post("/admin/messages/%s/discard".formatted(message), Map.of("reason", "booked by hand"));
    }

    /** Starts to resend all that is dead. */
    String resend(int expected, int perSecond) {
        var request = Map.of(
                "id",
                UUID.randomUUID().toString(),
                "action",
                "RESEND",
                "filter",
                Map.of("state", "DEAD"),
                "expected",
                expected,
                "ratePerSecond",
                perSecond,
                "reason",
                "the consumer is mended");
        return post("/admin/operations", request).path("id").asString();
    }

    JsonNode operation(String id) {
        return get("/admin/operations/" + id);
    }

    /** Which deliveries one of an operation's numbers counts. */
    List<JsonNode> items(String id, String outcome) {
        var items = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = get("/admin/operations/%s/items?limit=%d%s%s".formatted(id, PAGE, outcome, cursor));
            page.path("items").forEach(items::add);
            cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
        } while (!cursor.isEmpty());
        return items;
    }

    private JsonNode get(String path) {
        var answer =
                Http.get(service.address().resolve(path), TestApplication.LEAD).orElseThrow();
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode post(String path, Map<String, ?> body) {
        var answer = Http.post(service.address().resolve(path), TestApplication.LEAD, json.writeValueAsString(body))
                .orElseThrow();
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 201);
        return json.readTree(answer.body());
    }

    @Override
    public void close() {
        consumer.close();
        job.kill(); // nothing of them is needed any more
        service.kill();
        broker.kill();
        broker.close();
    }
}
