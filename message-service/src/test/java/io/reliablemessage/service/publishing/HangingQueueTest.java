package io.reliablemessage.service.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.LocalRabbitMq;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A queue that answers nothing: its process in the broker is suspended, as a quorum queue without a
 * leader might be.
 */
@Tag("faults")
@EnabledIf("io.reliablemessage.testing.LocalRabbitMq#isInstalled")
class HangingQueueTest {

    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10); // spring.rabbitmq.channel-rpc-timeout

    private static LocalRabbitMq broker;
    private static Service service;

    private MessageFlow hanging;

    @BeforeAll
    static void startWithABrokerOfItsOwn() {
        broker = LocalRabbitMq.launch();
        service = Service.start(
                broker,
                Map.of(
                        "message-service.publishing.queue-type",
                        "classic",
                        "message-service.publishing.confirm-timeout",
                        CONFIRM_TIMEOUT));
    }

    @BeforeEach
    void newRoute() {
        hanging = service.newRoute();
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
    }

    @Test
    void doesNotKeepTheOthersFromBeingSentAgain() throws IOException {
        var stuck = due(hanging);
        suspend(hanging);
        try {
            for (var round = 0; round < 5; round++) {
                var lively = service.newRoute(); // nothing of it was acknowledged lately, so nothing waits
                var id = due(lively);
                var began = System.nanoTime();

                redeliver();

                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(RPC_TIMEOUT.dividedBy(2));
                try (var tap = new QueueConsumer(service, lively.queue())) {
                    assertThat(tap.next().getProps().getMessageId()).isEqualTo(id);
                }
                lively.ack(id).is(200);
            }
        } finally {
            resume(hanging);
        }
        assertThat(attempts(stuck)).isOne();

        await().atMost(RPC_TIMEOUT.multipliedBy(3)).until(() -> {
            redeliver();
            return attempts(stuck) == 2;
        });
        hanging.take(1);
    }

    /** RabbitMQ stops reading the connection when 400 messages of a channel wait for a classic queue. */
    @Test
    void doesNotKeepTheOthersFromBeingSent() throws IOException {
        hanging.confirmed();
        hanging.take(1);
        var lively = service.newRoute();
        var pending = IntStream.range(0, 600).mapToObj(i -> hanging.pending()).toList();
        suspend(hanging);
        try (var tap = new QueueConsumer(service, lively.queue())) {
            for (var from = 0; from < pending.size(); from += 50) {
                confirmAll(pending.subList(from, from + 50));
                var began = System.nanoTime();

                var id = lively.confirmed();

                assertThat(tap.next().getProps().getMessageId()).isEqualTo(id);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CONFIRM_TIMEOUT.dividedBy(2));
            }
        } finally {
            resume(hanging);
        }
    }

    private static void confirmAll(List<String> ids) {
        service.as(Key.PRODUCER)
                .post(
                        "/messages/confirm",
                        ids.stream().map(id -> Map.of("id", id)).toList())
                .is(200);
    }

    @Test
    void isWaitedForAnewAfterTheBrokersAlarm() {
        var id = alarmed(CONFIRM_TIMEOUT.plusSeconds(1), () -> suspend(hanging));
        var asLongAsADoubtNeeds =
                System.nanoTime() + CONFIRM_TIMEOUT.dividedBy(3).toNanos();
        await().until(() -> System.nanoTime() - asLongAsADoubtNeeds > 0);
        resume(hanging);

        hanging.take(1);
        hanging.ack(id).is(200);

        var next = hanging.confirmed(); // its queue does not rest
        hanging.take(1);
        assertThat(attempts(id)).isOne();
        assertThat(attempts(next)).isOne();
    }

    /** A message that the broker gets while it takes nothing; before it takes something again, a thing is done. */
    private String alarmed(Duration time, Runnable before) {
        broker.ctl("set_vm_memory_high_watermark", "0.000001");
        try {
            var id = hanging.confirmed();
            await().until(() -> !service.bean(Publishing.class).accepts());
            var end = System.nanoTime() + time.toNanos();
            await().atMost(time.multipliedBy(2)).until(() -> System.nanoTime() - end > 0);
            before.run();
            return id;
        } finally {
            broker.ctl("set_vm_memory_high_watermark", "0.4");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.bean(Publishing.class).accepts());
        }
    }

    private static String due(MessageFlow route) {
        var id = route.confirmed();
        route.take(1);
        route.overdue(id, 1);
        return id;
    }

    private static Answer redeliver() {
        return service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
    }

    private int attempts(String id) {
        return hanging.get(id).body().at("/deliveries/0/attempts").asInt();
    }

    private static void suspend(MessageFlow route) {
        tell("suspend", route);
    }

    private static void resume(MessageFlow route) {
        tell("resume", route);
    }

    private static void tell(String what, MessageFlow route) {
        broker.ctl(
                "eval",
                "[sys:%s(amqqueue:get_pid(Q)) || Q <- rabbit_amqqueue:list(), element(4, amqqueue:get_name(Q)) =:= <<\"%s\">>]."
                        .formatted(what, route.queue()));
    }
}
