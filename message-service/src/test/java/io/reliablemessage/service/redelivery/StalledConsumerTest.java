package io.reliablemessage.service.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.RecoveryJob;
import io.reliablemessage.service.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A consumer that is attached and acknowledges nothing makes its deliveries dead; one that is away, or slow, does not.
 * With a schedule of a second and three attempts, a consumer counts as stalled after five seconds.
 */
@Tag("broker")
@Tag("faults")
class StalledConsumerTest {

    private static final boolean IS_SHORT = "short".equals(System.getProperty("faults.form"));
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SCHEDULE = Duration.ofSeconds(3);
    private static Service service;

    private MessageFlow route;
    private final Map<String, AtomicInteger> copies = new ConcurrentHashMap<>();
    private RecoveryJob job;

    @BeforeEach
    void begin() {
        route = service.newRoute();
        redeliver();
    }

    private void redeliver() {
        job = new RecoveryJob(service, Duration.ofMillis(200));
    }

    @AfterEach
    void stopRedelivery() {
        job.close();
    }

    @BeforeAll
    static void start() {
        service = Service.start(
                Map.of("message-service.ledger.schedule", "1s", "message-service.ledger.max-attempts", 3));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whatIsRequeuedForEverIsDead() throws Exception {
        try (var consumer = consumer(1, message -> message.requeue())) {
            var id = route.confirmed(1).getFirst();

            awaitDead(1, Duration.ofSeconds(12));

            assertThat(consumer.received()).isGreaterThan(10);
            assertThat(lastError(id)).startsWith("no ack");
        }
    }

    @Test
    void whatWaitsForAConsumerThatHangsIsDead() throws Exception {
        try (var consumer = consumer(1, message -> {})) {
            route.confirmed(50);

            awaitDead(50, Duration.ofSeconds(15));

            assertThat(consumer.received()).isOne();
        }
        try (var drain = consumer(500, message -> message.done())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> copies.size() == 50 && drain.isIdle());
        }
        assertThat(copies.values()).allSatisfy(count -> assertThat(count.get()).isLessThanOrEqualTo(3));
    }

    @Test
    void aMessageThatItsConsumerDiesOfIsDead() throws Exception {
        route.confirmed(1);
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (count("DEAD") == 0 && System.nanoTime() < end) {
            try (var consumer = consumer(1, message -> {})) {
                await().atMost(Duration.ofSeconds(5)).until(() -> consumer.received() > 0 || count("DEAD") > 0);
                Thread.sleep(3000); // at work until it dies
            }
        }
        assertThat(count("DEAD")).isOne();
    }

    @Test
    void amongThousandThatAreAcknowledgedOnlyTheRequeuedOneIsDead() throws Exception {
        var ids = route.confirmed(1001);
        var poison = ids.get(500);
        try (var consumer = consumer(20, message -> {
            if (message.id().equals(poison)) {
                message.requeue();
            } else {
                message.acknowledge(route);
            }
        })) {
            await().atMost(Duration.ofSeconds(60)).until(() -> count("CONSUMED") == 1000);

            awaitDead(1, Duration.ofSeconds(25));

            assertThat(consumer.received()).isGreaterThan(1000);
        }
        assertThat(lastError(poison)).startsWith("no ack");
        assertThat(attempts("CONSUMED")).isOne();
    }

    @Test
    void whatWaitsWhileItsConsumerIsAwayIsDeliveredOnce() throws Exception {
        for (var away : List.of(SCHEDULE.multipliedBy(9).dividedBy(10), SCHEDULE.multipliedBy(3))) {
            try (var consumer = consumer(50, message -> message.acknowledge(route))) {
                route.confirmed(10);
                await().atMost(Duration.ofSeconds(20)).until(() -> count("SENDING") == 0);
            }
            var before = count("CONSUMED");
            var ids = route.confirmed(IS_SHORT ? 2_000 : 10_000);
            Thread.sleep(away.toMillis());
            try (var consumer = consumer(50, message -> message.acknowledge(route))) {
                await().atMost(Duration.ofSeconds(120)).until(() -> count("CONSUMED") == before + ids.size());
            }
            assertThat(count("DEAD")).isZero();
            assertThat(attempts("CONSUMED")).as("after %s", away).isOne();
            assertThat(ids).allSatisfy(id -> assertThat(copies.get(id)).hasValue(1));
        }
    }

    @Test
    void whatWaitsForAConsumerThatAnswersNowAndThenIsDeliveredOnce() throws Exception {
        job.close(); // until all of them wait in the queue, however slow the machine is
        var ids = route.confirmed(500);
        try (var queue = new QueueConsumer(service, route.queue())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            queue.channel().queueDeclarePassive(route.queue()).getMessageCount() == ids.size());
        }
        redeliver();
        var isHurried = new AtomicInteger();
        try (var consumer = consumer(1, message -> {
            for (var waited = 0; waited < STALL_TIMEOUT.toMillis() * 7 / 10 && isHurried.get() == 0; waited += 100) {
                Thread.sleep(100);
            }
            message.acknowledge(route);
        })) {
            Thread.sleep(STALL_TIMEOUT.multipliedBy(IS_SHORT ? 3 : 8).toMillis());
            assertThat(count("DEAD")).isZero();
            isHurried.set(1);
            await().atMost(Duration.ofSeconds(60)).until(() -> count("CONSUMED") == ids.size());
        }
        assertThat(ids).allSatisfy(id -> assertThat(copies.get(id)).hasValue(1));
        assertThat(attempts("CONSUMED")).isOne();
    }

    @Test
    void aHungConsumersBacklogIsNotMultiplied() throws Exception {
        var size = IS_SHORT ? 5_000 : 100_000;
        try (var consumer = consumer(1, message -> {})) {
            route.confirmed(size);

            awaitDead(size, Duration.ofSeconds(IS_SHORT ? 90 : 600));

            assertThat(consumer.received()).isOne();
            assertThat(consumer.ready()).isLessThanOrEqualTo(2 * size);
        }
    }

    @Test
    void whatWasLostIsSentAgainAsFastAsItIsConsumed() throws Exception {
        var size = IS_SHORT ? 10_000 : 100_000;
        route.confirmed(size);
        try (var consumer = consumer(1, message -> {})) {
            await().atMost(Duration.ofSeconds(60)).until(() -> consumer.received() == 1);
            consumer.purge();
        }
        service.jdbc()
                .sql(
                        "UPDATE delivery SET attempts = 2, sent_at = now() - interval '1 h', due_at = now() - interval '1 min' WHERE subscription = :s")
                .param("s", route.subscription())
                .update();
        copies.clear();
        var start = System.nanoTime();
        try (var consumer = consumer(1000, message -> message.acknowledge(route))) {
            await().atMost(Duration.ofSeconds(300)).until(() -> count("CONSUMED") == size);
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("drained %d overdue in %.1f s: %.0f/s%n", size, seconds, size / seconds);
        assertThat(count("DEAD")).isZero();
        assertThat(size / seconds).isGreaterThan(300);
    }

    private StubbornConsumer consumer(int prefetch, StubbornConsumer.Handler handler) throws Exception {
        return new StubbornConsumer(service, route.queue(), prefetch, copies, handler);
    }

    private void awaitDead(int count, Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(100)).until(() -> count("DEAD") == count);
    }

    private int count(String state) {
        return number("SELECT count(*) FROM delivery WHERE subscription = :s AND state = :state", state);
    }

    private int attempts(String state) {
        return number("SELECT max(attempts) FROM delivery WHERE subscription = :s AND state = :state", state);
    }

    private int number(String sql, String state) {
        return service.jdbc()
                .sql(sql)
                .param("s", route.subscription())
                .param("state", state)
                .query(Integer.class)
                .single();
    }

    private String lastError(String id) {
        return route.get(id).body().at("/deliveries/0/lastError").asString();
    }
}
