package io.reliablemessage.service.publishing;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.LocalRabbitMq;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the broker may do to us without a message getting lost. Has a broker of its own to do it to. */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class BrokerFaultsTest {

    private static LocalRabbitMq broker;
    private static Service service;
    private MessageFlow route;

    @BeforeAll
    static void startWithABrokerOfItsOwn() {
        broker = LocalRabbitMq.launch();
        service = Service.start(broker, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
    }

    @BeforeEach
    void newRoute() {
        route = service.newRoute();
    }

    /** What one test leaves undelivered must not come back in the next. */
    @AfterEach
    void publishingWorks() {
        service.jdbc()
                .sql("DELETE FROM delivery WHERE subscription = :subscription")
                .param("subscription", route.subscription())
                .update();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.bean(Publishing.class).accepts());
    }

    @Test
    void aDeletedQueueIsDeclaredAgainAndTheMessageArrives() throws IOException {
        try (var tap = new QueueConsumer(service, route.queue())) {
            tap.channel().queueDelete(route.queue());
        }

        var id = route.confirmed();

        assertThat(received(Set.of(id))).containsExactly(id);
        var delivery = route.get(id).body().at("/deliveries/0");
        assertThat(delivery.path("attempts").asInt()).isOne();
        assertThat(delivery.path("lastError").asString()).contains("NO_ROUTE");
    }

    @Test
    void aTraceOutlivesAnOutage() throws IOException {
        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        broker.stop();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !service.bean(Publishing.class).accepts());
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.put("traceparent", parent);
        service.as(Key.PRODUCER).post("/messages", message).is(201);

        broker.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.bean(Publishing.class).accepts());
        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);

        try (var tap = new QueueConsumer(service, route.queue())) {
            assertThat(tap.next().getProps().getHeaders().get("traceparent")).hasToString(parent);
        }
    }

    @Test
    void whileTheBrokerIsAwayConfirmsSucceedAndSpendNoAttempt() {
        broker.stop();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !service.bean(Publishing.class).accepts());

        var ids = IntStream.range(0, 20).mapToObj(i -> route.confirmed()).toList();

        for (var id : ids) {
            var delivery = route.get(id).hasState(SENDING).body().at("/deliveries/0");
            assertThat(delivery.path("attempts").asInt()).isZero();
        }
        var report = service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
        assertThat(report.body().path("brokerAvailable").asBoolean()).isFalse();
        assertThat(report.body().path("sent").asInt()).isZero();
        service.as(Key.CONSUMER)
                .put("/subscriptions/" + MessageFlow.newId(), Map.of("topic", route.topic()))
                .is(UNAVAILABLE);
        service.asNobody().get("/actuator/health/readiness").is(200);

        broker.start();

        assertThat(received(Set.copyOf(ids))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids)
                .allSatisfy(id -> assertThat(route.get(id)
                                .body()
                                .at("/deliveries/0/attempts")
                                .asInt())
                        .isOne());
    }

    @Test
    void nothingIsLostWhenTheBrokerIsKilledUnderLoad() {
        broker.writeDownQueues();
        var before = IntStream.range(0, 100).mapToObj(i -> route.confirmed()).toList();
        broker.kill();
        var during = IntStream.range(0, 50).mapToObj(i -> route.confirmed()).toList();
        broker.start();
        var after = IntStream.range(0, 50).mapToObj(i -> route.confirmed()).toList();

        var all = new HashSet<String>();
        List.of(before, during, after).forEach(all::addAll);

        assertThat(received(all)).containsAll(all);
    }

    @Test
    void aPurgedQueueIsFilledAgainOnSchedule() throws IOException {
        var id = route.confirmed();
        try (var tap = new QueueConsumer(service, route.queue())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
                return tap.channel().queuePurge(route.queue()).getMessageCount() == 1;
            });
        }
        route.overdue(id, 1);

        assertThat(received(Set.of(id))).containsExactly(id);
        route.ack(id).is(200).hasState(CONSUMED);
    }

    @Test
    void oneMessageThatTheBrokerRefusesDiesAloneAndItsNeighboursArrive() {
        var ids = IntStream.range(0, 100).mapToObj(i -> route.pending()).toList();
        var bad = ids.get(50);
        // Past every rule: RabbitMQ closes the channel on a CC header that is no list.
        service.jdbc()
                .sql("UPDATE message SET headers = '{\"CC\": \"elsewhere\"}' WHERE id = :id::uuid")
                .param("id", bad)
                .update();
        var good = new HashSet<>(ids);
        good.remove(bad);

        service.as(Key.PRODUCER)
                .post(
                        "/messages/confirm",
                        ids.stream().map(id -> Map.of("id", id)).toList())
                .is(200);

        assertThat(received(good)).containsAll(good).doesNotContain(bad);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
                    return route.get(bad).state().equals("DEAD");
                });
        var delivery = route.get(bad).body().at("/deliveries/0");
        assertThat(delivery.path("lastError").asString()).contains("PRECONDITION_FAILED");
        assertThat(delivery.path("attempts").asInt()).isLessThanOrEqualTo(1);
    }

    @Test
    void aChannelOnWhichAQueueRefusesEverythingIsReplaced() {
        broker.ctl(
                "set_policy",
                "full",
                "^" + route.queue().replace(".", "\\.") + "$",
                "{\"max-length\":1,\"overflow\":\"reject-publish\"}");
        var before = publishingChannel();

        var ids = IntStream.range(0, 20).mapToObj(i -> route.confirmed()).collect(Collectors.toSet());

        await().atMost(Duration.ofSeconds(30)).until(() -> !List.of("", before).contains(publishingChannel()));
        broker.ctl("clear_policy", "full");
        assertThat(received(ids)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static String publishingChannel() {
        return broker.ctl("list_channels", "pid", "confirm")
                .lines()
                .filter(row -> row.endsWith("true"))
                .collect(Collectors.joining());
    }

    @Test
    void queuesInUseAreThereAgainWhenTheBrokerIsBack() throws IOException {
        try (var tap = new QueueConsumer(service, route.queue())) {
            tap.channel().queueDelete(route.queue());
        }

        broker.stop();
        broker.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> exists(route.queue()));
    }

    /** Lets recovery-job's calls come, and takes what arrives, until the wanted ones are there. */
    private Set<String> received(Set<String> wanted) {
        var received = new HashSet<String>();
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
                    shortenTheSchedule();
                    take(received);
                    return received.containsAll(wanted);
                });
        return received;
    }

    /** A crash may spend the attempt in flight; it comes back on its schedule, which a test need not wait for. */
    private void shortenTheSchedule() {
        service.jdbc().sql("""
                        UPDATE delivery SET due_at = now()
                         WHERE state = 'SENDING' AND subscription = :subscription AND sent_at < now() - interval '5 s'
                        """).param("subscription", route.subscription()).update();
    }

    private void take(Set<String> received) {
        if (!service.bean(Publishing.class).accepts()) {
            return;
        }
        try (var tap = new QueueConsumer(service, route.queue())) {
            for (var message = tap.poll(); message != null; message = tap.poll()) {
                received.add(message.getProps().getMessageId());
            }
        } catch (IOException | RuntimeException notThereYet) {
            assertThat(notThereYet).isNotInstanceOf(NullPointerException.class);
        }
    }

    private static boolean exists(String queue) {
        try (var tap = new QueueConsumer(service, queue)) {
            tap.channel().queueDeclarePassive(queue);
            return true;
        } catch (IOException | RuntimeException notYet) {
            return false;
        }
    }
}
