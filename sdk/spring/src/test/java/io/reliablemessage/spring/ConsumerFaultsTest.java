package io.reliablemessage.spring;

import static io.reliablemessage.spring.ConsumerRig.LIMIT;
import static io.reliablemessage.spring.ConsumerRig.TOPIC;
import static io.reliablemessage.spring.ConsumerRig.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.spring.ServiceProxy.Fault;
import io.reliablemessage.spring.SubscriptionState.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a consumer does while something else does not work. */
@Tag("faults")
class ConsumerFaultsTest {

    private static final int PREFETCH = 40;

    @OnEachDatabase
    void ofTwoCopiesAtOnceTheSecondWaitsAndIsADuplicate(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var isInside = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            rig.queues.setCopies(2);
            rig.start(builder -> builder.listen(TOPIC, rig.subscription, 2, 10, (payload, head) -> {
                rig.handle(payload, head);
                isInside.countDown();
                awaitEnd(mayEnd);
            }));

            var id = rig.send("o1");
            awaitEnd(isInside);
            await().during(Duration.ofMillis(300)).until(() -> rig.events.duplicates.get() == 0);
            mayEnd.countDown();

            await().atMost(LIMIT).until(() -> rig.events.duplicates.get() == 1);
            rig.awaitConsumed(List.of(id));
            assertThat(rig.handled).containsExactly("o1");
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachDatabase
    void ofTwoCopiesAtOnceTheSecondIsHandledIfTheFirstRollsBack(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var isInside = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            var calls = new AtomicInteger();
            rig.queues.setCopies(2);
            rig.start(builder -> builder.listen(TOPIC, rig.subscription, 2, 10, (payload, head) -> {
                rig.effect(head);
                if (calls.incrementAndGet() == 1) {
                    isInside.countDown();
                    awaitEnd(mayEnd);
                    throw new IllegalStateException("the first fails");
                }
            }));

            var id = rig.send("o1");
            awaitEnd(isInside);
            await().during(Duration.ofMillis(300)).until(() -> calls.get() == 1);
            mayEnd.countDown();

            rig.awaitConsumed(List.of(id));
            assertThat(calls).hasValue(2);
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachBroker
    void messagesThatAlwaysFailDoNotHoldUpOthers(TestBroker broker) throws Exception {
        try (var rig = new ConsumerRig(TestDatabase.POSTGRESQL, broker).withTopic()) {
            rig.start(builder -> builder.listen(TOPIC, rig.subscription, 1, PREFETCH, (payload, head) -> {
                rig.handle(payload, head);
                if (head.key().startsWith("bad")) {
                    throw new IllegalStateException("always");
                }
            }));

            var bad = rig.send(keys("bad", 100));
            var good = new ArrayList<String>();
            for (var batch = 0; batch < 10; batch++) {
                good.addAll(rig.send(keys("good" + batch + "-", 100)));
            }

            rig.awaitConsumed(good);
            assertThat(rig.effects()).hasSize(1_000).doesNotHaveDuplicates();
            assertThat(rig.states(bad)).containsExactly(DeliveryState.SENDING);
            assertThat(rig.handled)
                    .as("each attempt of a bad one is the service's")
                    .hasSize(1_100);
        }
    }

    // The embedded broker counts what consumers hold as waiting.
    @Test
    void whatWasPrefetchedReturnsToTheQueueAtTheEnd() throws Exception {
        try (var rig = new ConsumerRig(TestDatabase.POSTGRESQL, TestBroker.RABBITMQ).withTopic()) {
            var isInside = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            var consumer =
                    rig.start(builder -> builder.listen(TOPIC, rig.subscription, 1, PREFETCH, (payload, head) -> {
                        rig.handle(payload, head);
                        isInside.countDown();
                        awaitEnd(mayEnd);
                    }));
            var ids = rig.send(keys("o", PREFETCH));
            awaitEnd(isInside);
            await().atMost(LIMIT).until(() -> rig.depth() == 0);

            var closing = new Thread(consumer::close);
            closing.start();
            await().atMost(LIMIT).until(() -> consumer.states().get(0).status() == Status.CLOSED);
            mayEnd.countDown();
            closing.join();

            assertThat(rig.handled)
                    .as("the handler at work has ended, and no other was called")
                    .hasSize(1);
            await().atMost(LIMIT).until(() -> rig.depth() == PREFETCH - 1);
            rig.start(rig::handle);
            rig.awaitConsumed(ids);
            assertThat(rig.effects()).hasSize(PREFETCH).doesNotHaveDuplicates();
            assertThat(rig.events.duplicates).as("the one at work was acked").hasValue(0);
        }
    }

    /** As if the process had been killed: the connection breaks before the commit, which then fails. */
    // The embedded broker counts what consumers hold as waiting.
    @Test
    void aBrokerKeepsAMessageUntilItsTransactionHasEnded() throws Exception {
        try (var rig = new ConsumerRig(TestDatabase.POSTGRESQL, TestBroker.RABBITMQ).withTopic()) {
            var isInside = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            var connections = rig.connections();
            var dying = rig.builder(connections)
                    .listen(TOPIC, rig.subscription, 1, PREFETCH, (payload, head) -> {
                        rig.effect(head);
                        beforeCommit(() -> {
                            isInside.countDown();
                            awaitEnd(mayEnd);
                            throw new IllegalStateException("killed");
                        });
                    })
                    .start();
            ConsumerRig.awaitListening(dying);
            var ids = rig.send(keys("o", PREFETCH));
            awaitEnd(isInside);
            await().atMost(LIMIT).until(() -> rig.depth() == 0);

            connections.destroy();
            await().atMost(LIMIT).until(() -> rig.depth() == PREFETCH);
            mayEnd.countDown();
            dying.close();

            rig.start(rig::handle);
            rig.awaitConsumed(ids);
            assertThat(rig.effects()).hasSize(PREFETCH).doesNotHaveDuplicates();
        }
    }

    @OnEachBroker
    void theBrokerGetsExactlyOneAckForEachMessage(TestBroker broker) throws Exception {
        try (var rig = new ConsumerRig(TestDatabase.POSTGRESQL, broker).withTopic()) {
            var connections = rig.connections();
            var breaks = new ArrayList<String>();
            connections.addChannelListener(new BrokenChannels(breaks));
            rig.queues.setCopies(2);
            var consumer = rig.builder(connections)
                    .listen(TOPIC, rig.subscription, 4, 10, (payload, head) -> {
                        rig.handle(payload, head);
                        switch (head.key().charAt(1)) {
                            case '1' -> throw new IllegalStateException("fails");
                            case '2' -> throw new BusinessRejection("NO", "no");
                            case '3' -> throw new AssertionError("an error");
                            default -> {}
                        }
                    })
                    .start();
            ConsumerRig.awaitListening(consumer);

            rig.send(keys("o", 40));
            await().atMost(LIMIT)
                    .until(() -> rig.events.handled.get()
                                    + rig.events.duplicates.get()
                                    + rig.events.failures.size()
                                    + rig.events.rejections.size()
                            == 80);
            consumer.close();

            assertThat(breaks).as("a second ack would break the channel").isEmpty();
            assertThat(rig.depth())
                    .as("a missing ack would bring the message back")
                    .isZero();
        }
    }

    @Test
    void consumesWhileTheServiceIsAwayAndAnswersLater() throws Exception {
        try (var rig = ConsumerRig.on(TestDatabase.POSTGRESQL).withTopic()) {
            var consumer = rig.start(builder -> builder.listen(TOPIC, rig.subscription, 4, PREFETCH, rig::effectOf));
            rig.network.fail(Fault.NOT_REACHED, "");

            var ids = new ArrayList<String>();
            for (var batch = 0; batch < 20; batch++) {
                ids.addAll(rig.send(keys("o" + batch + "-", 100)));
            }
            await().atMost(LIMIT.multipliedBy(2)).until(() -> rig.events.handled.get() == 2_000);
            assertThat(rig.states(ids)).containsExactly(DeliveryState.SENDING);
            assertThat(consumer.waitingAnswers()).isEqualTo(2_000);

            rig.network.heal();

            await().atMost(LIMIT).until(() -> consumer.waitingAnswers() == 0);
            rig.awaitConsumed(ids);
            assertThat(rig.effects()).hasSize(2_000).doesNotHaveDuplicates();
        }
    }

    @OnEachBroker
    void pausesWhenTooManyAnswersWaitAndGoesOnWhenHalfOfThemAreGone(TestBroker broker) throws Exception {
        try (var rig = new ConsumerRig(TestDatabase.POSTGRESQL, broker).withTopic()) {
            var consumer = rig.start(builder -> builder.settings(ConsumerSettings.DEFAULT.withMaxWaitingAnswers(50))
                    .listen(TOPIC, rig.subscription, 2, 10, rig::handle));
            rig.network.fail(Fault.NOT_REACHED, "");

            var ids = rig.send(keys("o", 100));
            await().atMost(LIMIT).until(() -> rig.events.pauses.get() == 1);
            await().atMost(LIMIT).until(() -> rig.depth() + rig.handled.size() == 100);
            assertThat(rig.handled).as("those at work end").hasSizeBetween(50, 55);
            assertThat(consumer.states().get(0).status()).isEqualTo(Status.PAUSED);
            assertThat(consumer.states().get(0).reason()).isEqualTo("too many answers wait for the service");

            rig.network.heal();

            rig.awaitConsumed(ids);
            assertThat(rig.events.resumptions.get()).isPositive();
            assertThat(rig.effects()).hasSize(100).doesNotHaveDuplicates();
            ConsumerRig.awaitListening(consumer);
        }
    }

    @Test
    void answersThatAreLostWithTheProcessComeBackAsDuplicates() throws Exception {
        try (var rig = ConsumerRig.on(TestDatabase.POSTGRESQL).withTopic()) {
            var dying = rig.newClient();
            var consumer = rig.start(builder ->
                    rig.described(MessageConsumer.builder(dying)).listen(TOPIC, rig.subscription, rig::handle));
            rig.network.fail(Fault.NOT_REACHED, "");
            var ids = rig.send(keys("o", 20));
            await().atMost(LIMIT).until(() -> rig.events.handled.get() == 20);
            consumer.close();
            dying.close();
            assertThat(rig.states(ids)).containsExactly(DeliveryState.SENDING);

            rig.network.heal();
            rig.start(rig::handle);
            rig.passTime();

            rig.awaitConsumed(ids);
            assertThat(rig.events.duplicates).hasValue(20);
            assertThat(rig.effects()).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void anAckWhoseReplyIsLostIsRepeated() throws Exception {
        try (var rig = ConsumerRig.on(TestDatabase.POSTGRESQL).withTopic()) {
            var consumer = rig.start(rig::handle);
            rig.network.fail(Fault.REPLY_LOST, "");
            var ids = rig.send(keys("o", 5));

            rig.awaitConsumed(ids);
            assertThat(consumer.waitingAnswers()).isPositive();
            rig.network.heal();
            await().atMost(LIMIT).until(() -> consumer.waitingAnswers() == 0);
            assertThat(rig.events.refused).isEmpty();
        }
    }

    @Test
    void startsBeforeTheTopicIsThere() throws Exception {
        try (var rig = ConsumerRig.on(TestDatabase.POSTGRESQL)) {
            var consumer =
                    rig.builder().listen(TOPIC, rig.subscription, rig::handle).start();
            try (consumer) {
                await().atMost(LIMIT).until(() -> rig.events.obstacles.size() == 1);
                var state = consumer.states().get(0);
                assertThat(state.status()).isEqualTo(Status.STARTING);
                assertThat(state.reason())
                        .startsWith("The subscription " + rig.subscription + " to order.placed is not registered")
                        .contains("There is no topic order.placed");

                rig.withTopic();
                ConsumerRig.awaitListening(consumer);
                rig.awaitConsumed(List.of(rig.send("o1")));
                assertThat(rig.effects()).containsExactly("o1");
            }
        }
    }

    @Test
    void startsBeforeTheService() throws Exception {
        try (var rig = ConsumerRig.on(TestDatabase.POSTGRESQL).withTopic()) {
            rig.network.fail(Fault.NOT_REACHED, "");
            try (var consumer =
                    rig.builder().listen(TOPIC, rig.subscription, rig::handle).start()) {
                await().atMost(LIMIT).until(() -> rig.events.obstacles.size() == 1);
                assertThat(consumer.states().get(0).status()).isEqualTo(Status.STARTING);

                rig.network.heal();
                ConsumerRig.awaitListening(consumer);
            }
        }
    }

    @Test
    void findsTheBrokerAgainWhenItComesBack() throws Exception {
        try (var rig = ConsumerRig.on(TestDatabase.POSTGRESQL).withTopic();
                var broker = new RestartedBroker()) {
            var connections = broker.connections();
            broker.stop();
            try (var consumer = rig.builder(connections)
                    .listen(TOPIC, rig.subscription, rig::handle)
                    .start()) {
                await().atMost(LIMIT).until(() -> consumer.states().get(0).status() == Status.CONNECTING);
                broker.start();
                broker.declare(rig.subscription);
                ConsumerRig.awaitListening(consumer);

                broker.stop();
                await().atMost(LIMIT).until(() -> consumer.states().get(0).status() == Status.CONNECTING);
                broker.start();
                broker.declare(rig.subscription);
                ConsumerRig.awaitListening(consumer);
            } finally {
                connections.destroy();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aDatabaseThatIsAwayMakesMessagesComeAgain(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            rig.start(builder -> builder.listen(TOPIC, rig.subscription, 2, 10, rig::handle));
            rig.pool.setConnectionTimeout(500);
            List<String> ids;
            try (var frozen = kind.freeze()) {
                ids = rig.send(keys("o", 4));
                await().during(Duration.ofSeconds(2)).until(() -> rig.events.handled.get() == 0);
            }
            await().atMost(LIMIT).until(() -> rig.events.failures.size() + rig.events.handled.get() >= 4);

            rig.passTime();

            rig.awaitConsumed(ids);
            assertThat(rig.effects()).hasSize(4).doesNotHaveDuplicates();
        }
    }

    /** In the current transaction, when the handler has returned. */
    private static void beforeCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                work.run();
            }
        });
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came within " + LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
