package io.reliablemessage.service.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.RecoveryJob;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages that still wait in the queue are not sent again; lost ones are. */
@Tag("broker")
@Tag("faults")
class BacklogTest {

    private static final Duration STEP = Duration.ofMillis(300);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Service service = Service.start(
            Map.of("message-service.ledger.schedule", "300ms", "message-service.ledger.max-attempts", 1000));

    private final MessageFlow route = service.newRoute();

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tenThousandThatWaitForTheirConsumerAreNotMultiplied() throws IOException {
        var ids = route.confirmed(10_000);
        try (var tap = new QueueConsumer(service, route.queue())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> ready(tap) == 10_000);
            try (var job = new RecoveryJob(service, POLL)) {
                awaitSteps(10);
                var redelivered = tap.next().getProps().getMessageId();
                pretendThatAllWereSentLongAgoBut(redelivered);
                route.ack(redelivered).is(200);

                awaitSteps(10);

                assertThat(job.calls()).isGreaterThan(10);
                assertThat(ready(tap)).isBetween(9_999, 10_100);
            }

            var received = drain(tap);

            assertThat(received.size()).isLessThanOrEqualTo(10_100);
            assertThat(new HashSet<>(received)).hasSize(9_999);
            ack(received);
        }
        assertThat(countOf("CONSUMED")).isEqualTo(ids.size());
    }

    @Test
    void whatASlowConsumerHasTakenInAdvanceIsLeftToIt() throws Exception {
        var ids = route.confirmed(600);
        var deliveries = new LinkedBlockingQueue<Taken>();
        var handled = new ArrayList<String>();
        try (var job = new RecoveryJob(service, POLL);
                var tap = new QueueConsumer(service, route.queue())) {
            takeInAdvance(tap, deliveries);
            while (handled.size() < ids.size() || !deliveries.isEmpty()) {
                var taken = deliveries.poll(20, TimeUnit.SECONDS);
                assertThat(taken)
                        .as("the next of %d after %d", ids.size(), handled.size())
                        .isNotNull();
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos()); // a handler's work
                route.ack(taken.id).is(200);
                tap.channel().basicAck(taken.tag, false);
                handled.add(taken.id);
            }
            assertThat(job.calls()).isGreaterThan(10);
        }

        assertThat(handled).containsAll(ids);
        assertThat(handled.size() - ids.size()).isLessThanOrEqualTo(6);
        assertThat(countOf("CONSUMED")).isEqualTo(ids.size());
    }

    @Test
    void aPurgedQueueIsFilledAgain() throws IOException {
        var ids = route.confirmed(200);
        try (var tap = new QueueConsumer(service, route.queue())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(tap) == 200);
            tap.channel().queuePurge(route.queue());
            try (var job = new RecoveryJob(service, POLL)) {
                var received = new HashSet<String>();
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    received.addAll(drain(tap));
                    return received.containsAll(ids);
                });
                await().atMost(Duration.ofSeconds(10)).until(() -> job.sent() >= 200);
            }
        }
    }

    @Test
    void aVanishedQueueIsDeclaredAndFilledAgain() throws IOException {
        var ids = route.confirmed(20);
        route.take(20);
        try (var tap = new QueueConsumer(service, route.queue())) {
            tap.channel().queueDelete(route.queue());
        }
        try (var job = new RecoveryJob(service, POLL)) {
            var received = new HashSet<String>();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                try (var tap = new QueueConsumer(service, route.queue())) {
                    received.addAll(drain(tap));
                }
                return received.containsAll(ids);
            });
            await().atMost(Duration.ofSeconds(10)).until(() -> job.sent() >= 20);
        }
    }

    @Test
    void whatWasPutOffForTheQueuesSakeIsSentAsSoonAsTheQueueIsEmpty() throws IOException {
        var lost = lostBehindOneThatWaits(200);
        try (var job = new RecoveryJob(service, POLL);
                var tap = new QueueConsumer(service, route.queue())) {
            await().atMost(Duration.ofSeconds(20)).until(this::rests);
            await().atMost(Duration.ofSeconds(10)).until(() -> job.calls() > 0);
            assertThat(lost).allSatisfy(id -> assertThat(attempts(id)).isOne());

            tap.next();

            var received = new HashSet<String>();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                received.addAll(drain(tap));
                return received.containsAll(lost);
            });
        }
    }

    @Test
    void whatAConsumerHasTakenIsLeftToItForAStep() {
        var taken = route.confirmed(100);
        route.take(100);
        service.jdbc()
                .sql(
                        "INSERT INTO progress (subscription, passed_at, acked_at) VALUES (:s, now() - interval '1 h', now() + interval '1 h')")
                .param("s", route.subscription())
                .update();
        taken.forEach(id -> route.overdue(id, 1));
        service.jdbc()
                .sql("UPDATE subscription SET paused = true WHERE name <> :s")
                .param("s", route.subscription())
                .update();

        await().atMost(Duration.ofSeconds(20)).until(() -> redeliver() > 0 && rests());

        for (var call = 0; call < 20; call++) {
            assertThat(redeliver()).as("looked at and put off").isZero();
        }
    }

    @Test
    void whatTheConsumerHasPassedIsSentAgainThoughOthersWait() throws IOException {
        var lost = route.confirmed(1).getFirst();
        route.take(1);
        service.jdbc()
                .sql(
                        "UPDATE delivery SET sent_at = now() - interval '20 s', due_at = now() WHERE message_id = :id::uuid")
                .param("id", lost)
                .update();
        var later = route.confirmed(3);
        try (var tap = new QueueConsumer(service, route.queue())) {
            var passed = tap.next().getProps().getMessageId();
            route.ack(passed).is(200);
            await().until(() -> service.jdbc()
                    .sql("SELECT EXISTS (SELECT FROM progress WHERE subscription = :s AND passed_at IS NOT NULL)")
                    .param("s", route.subscription())
                    .query(Boolean.class)
                    .single());

            try (var job = new RecoveryJob(service, POLL)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> job.sent() > 0);
            }

            await().atMost(Duration.ofSeconds(10)).until(() -> drain(tap).contains(lost));
        }
        assertThat(later).allSatisfy(id -> assertThat(attempts(id)).isOne());
    }

    @Test
    void whatWasNeverSentIsNotHiddenBehindWhatWaits() throws IOException {
        route.confirmed(100);
        try (var tap = new QueueConsumer(service, route.queue());
                var job = new RecoveryJob(service, POLL)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(tap) == 100);
            awaitSteps(2);
            var scheduled = service.as(Key.PRODUCER)
                    .post("/messages", Map.of("topic", route.topic(), "key", "B", "payload", 1, "delay", "PT1S"))
                    .is(201)
                    .id();

            await().atMost(Duration.ofSeconds(5)).until(() -> ready(tap) == 101);

            assertThat(attempts(scheduled)).isOne();
            await().atMost(Duration.ofSeconds(5)).until(() -> job.sent() == 1);
        }
    }

    /** Sent, and then lost with its queue, which holds something else by now. */
    private List<String> lostBehindOneThatWaits(int count) throws IOException {
        var ids = route.confirmed(count);
        route.take(count);
        try (var tap = new QueueConsumer(service, route.queue())) {
            tap.channel().basicPublish("", route.queue(), null, new byte[1]);
            await().until(() -> ready(tap) == 1);
        }
        ids.forEach(id -> route.overdue(id, 1));
        return ids;
    }

    /** Whether the subscription is postponed; if so, for long enough to see what ends it. */
    private boolean rests() {
        return service.jdbc()
                        .sql(
                                "UPDATE progress SET rests_until = now() + interval '1 h' WHERE subscription = :s AND rests_until > now()")
                        .param("s", route.subscription())
                        .update()
                == 1;
    }

    private int redeliver() {
        return service.as(Key.WORKER)
                .post("/jobs/redeliveries", Map.of("limit", 100))
                .is(200)
                .body()
                .path("postponed")
                .asInt();
    }

    private void pretendThatAllWereSentLongAgoBut(String redelivered) {
        service.jdbc()
                .sql("""
                        UPDATE delivery
                           SET sent_at = CASE message_id WHEN :id::uuid THEN now() ELSE sent_at - interval '1 min' END,
                               attempts = CASE message_id WHEN :id::uuid THEN 2 ELSE attempts END
                         WHERE subscription = :subscription
                        """)
                .param("id", redelivered)
                .param("subscription", route.subscription())
                .update();
    }

    private static void awaitSteps(int steps) {
        var end = System.nanoTime() + STEP.multipliedBy(steps).toNanos();
        await().atMost(Duration.ofSeconds(60)).until(() -> System.nanoTime() - end > 0);
    }

    private int ready(QueueConsumer tap) throws IOException {
        return tap.channel().queueDeclarePassive(route.queue()).getMessageCount();
    }

    private static List<String> drain(QueueConsumer tap) {
        var received = new ArrayList<String>();
        for (var message = tap.poll(); message != null; message = tap.poll()) {
            received.add(message.getProps().getMessageId());
        }
        return received;
    }

    private void ack(List<String> ids) {
        for (var from = 0; from < ids.size(); from += 500) {
            var acks = ids.subList(from, Math.min(ids.size(), from + 500)).stream()
                    .map(id -> Map.of("id", id, "subscription", route.subscription()))
                    .toList();
            service.as(Key.CONSUMER).post("/messages/ack", acks).is(200);
        }
    }

    private void takeInAdvance(QueueConsumer tap, BlockingQueue<Taken> deliveries) throws IOException {
        var channel = tap.channel();
        channel.basicQos(250);
        channel.basicConsume(route.queue(), false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                deliveries.add(new Taken(properties.getMessageId(), envelope.getDeliveryTag()));
            }
        });
    }

    private record Taken(String id, long tag) {}

    private int countOf(String state) {
        return service.jdbc()
                .sql("SELECT count(*) FROM delivery WHERE subscription = :subscription AND state = :state")
                .param("subscription", route.subscription())
                .param("state", state)
                .query(Integer.class)
                .single();
    }

    private int attempts(String id) {
        return route.get(id).body().at("/deliveries/0/attempts").asInt();
    }
}
