package io.reliablemessage.spring;

import static io.reliablemessage.spring.ConsumerRig.LIMIT;
import static io.reliablemessage.spring.ConsumerRig.TOPIC;
import static io.reliablemessage.spring.ConsumerRig.keys;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.spring.FaultyDataSource.CommitFault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a message: its effect, the broker's copy, and what the service is told. */
class ConsumerTest {

    static final class CountedPoints {

        final AtomicInteger calls = new AtomicInteger();

        @ReliableListener(topic = TOPIC, subscription = "${points}")
        void earn(Integer amount) {
            calls.incrementAndGet();
        }
    }

    @OnEachDatabase
    void handlesEachMessageOnceHoweverOftenItComes(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            rig.queues.setCopies(3);
            var consumer = rig.start(builder -> builder.listen(TOPIC, rig.subscription, 4, 10, rig::handle));

            var ids = rig.send(keys("o", 20));

            await().atMost(LIMIT).until(() -> rig.events.handled.get() + rig.events.duplicates.get() == 60);
            rig.awaitConsumed(ids);
            consumer.close();
            assertThat(rig.effects()).hasSize(20).doesNotHaveDuplicates();
            assertThat(rig.depth()).isZero();
            assertThat(rig.events.failures).isEmpty();
        }
    }

    @OnEachDatabase
    void showsTheHandlerWhatTheProducerSent(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var seen = new ArrayBlockingQueue<MessageHead>(1);
            rig.start((payload, head) -> seen.add(head));

            var id = rig.send("o1");

            var head = requireNonNull(seen.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
            assertThat(head.id()).isEqualTo(id);
            assertThat(head.topic()).isEqualTo(TOPIC);
            assertThat(head.key()).isEqualTo("o1");
            assertThat(head.subscription()).isEqualTo(rig.subscription);
            assertThat(head.attempt()).isEqualTo(1);
            assertThat(head.contentType()).isEqualTo("application/json");
            assertThat(head.producer()).isEqualTo("orders");
            assertThat(head.sentAt()).isNotNull();
            assertThat(head.headers()).isEmpty();
        }
    }

    @OnEachDatabase
    void effectAndInboxRowAreOneTransaction(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var inside = new AtomicReference<Integer>();
            rig.start((payload, head) -> {
                rig.handle(payload, head);
                inside.set(rig.inboxRows());
                if (head.attempt() == 1) {
                    throw new IOException("disk full");
                }
            });

            var id = rig.send("o1");
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1);
            assertThat(inside.get()).isEqualTo(1);
            assertThat(rig.inboxRows()).isZero();
            assertThat(rig.effects()).isEmpty();

            rig.passTime();
            rig.awaitConsumed(List.of(id));
            assertThat(rig.inboxRows()).isEqualTo(1);
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachDatabase
    void aHandlerThatFailsHasNoEffectAndTheMessageComesAgainOnTheSchedule(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var consumer = rig.start((payload, head) -> {
                rig.effect(head);
                throw new IllegalStateException("no");
            });

            var id = rig.send("o1");
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1);
            consumer.close();

            assertThat(rig.events.failures.get(0)).hasMessage("no");
            assertThat(rig.effects()).isEmpty();
            assertThat(rig.inboxRows()).isZero();
            assertThat(rig.depth()).as("the broker was answered").isZero();
            assertThat(rig.delivery(id).state()).isEqualTo(DeliveryState.SENDING);

            rig.start(rig::handle);
            rig.passTime();
            rig.awaitConsumed(List.of(id));
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachDatabase
    void rejectsForABusinessReason(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var consumer = rig.start((payload, head) -> {
                rig.effect(head);
                var rejection = new BusinessRejection("OUT_OF_STOCK", "no stock for " + head.key());
                throw head.key().equals("o1") ? rejection : new IOException("wrapped", rejection);
            });

            var ids = rig.send(List.of("o1", "o2"));
            await().atMost(LIMIT).until(() -> rig.states(ids).equals(Set.of(DeliveryState.REJECTED)));
            consumer.close();

            assertThat(rig.delivery(ids.get(0)).lastError()).isEqualTo("OUT_OF_STOCK: no stock for o1");
            assertThat(rig.delivery(ids.get(1)).lastError()).isEqualTo("OUT_OF_STOCK: no stock for o2");
            assertThat(rig.effects()).isEmpty();
            assertThat(rig.inboxRows()).isZero();
            assertThat(rig.depth()).isZero();
        }
    }

    @OnEachDatabase
    void aRejectionThatIsThrownAfterTheCommitIsNone(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            rig.start((payload, head) -> {
                rig.handle(payload, head);
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        throw new BusinessRejection("TOO_LATE", "it is committed");
                    }
                });
            });

            var id = rig.send("o1");
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1);
            assertThat(rig.delivery(id).state()).isEqualTo(DeliveryState.SENDING);

            rig.passTime();
            rig.awaitConsumed(List.of(id));
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachDatabase
    void aTransactionThatWasMarkedForRollbackIsNoSuccess(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            rig.start((payload, head) -> {
                rig.handle(payload, head);
                if (head.attempt() == 1) {
                    new TransactionTemplate(rig.manager).executeWithoutResult(status -> status.setRollbackOnly());
                }
            });

            var id = rig.send("o1");
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1);
            assertThat(rig.effects()).isEmpty();

            rig.passTime();
            rig.awaitConsumed(List.of(id));
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachDatabase
    void rejectsWhatItCannotReadWithoutCallingTheHandler(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var bean = new CountedPoints();
            var finder = Finders.of(Map.of("points", rig.subscription), bean);
            var consumer = rig.start(builder -> builder.payloads((json, type) -> {
                        throw new IOException("no number");
                    })
                    .listeners(finder));

            var id = rig.send("o1");
            await().atMost(LIMIT).until(() -> rig.delivery(id).state() == DeliveryState.REJECTED);
            consumer.close();

            assertThat(rig.delivery(id).lastError())
                    .isEqualTo("UNREADABLE_PAYLOAD: The payload is no java.lang.Integer: no number");
            assertThat(bean.calls).hasValue(0);
            assertThat(rig.inboxRows()).isZero();
            assertThat(rig.depth()).isZero();
        }
    }

    /** The first message's handler arms the fault for the transaction of the second, which the same thread handles. */
    @OnEachDatabase
    void aCommitWithoutReplyIsNotAckedAndTheInboxDecides(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            rig.start((payload, head) -> {
                rig.handle(payload, head);
                if (head.key().equals("o0")) {
                    rig.database.failNextCommit(CommitFault.REPLY_LOST);
                } else if (head.key().equals("o1") && head.attempt() == 1) {
                    rig.database.failNextCommit(CommitFault.CUT);
                }
            });

            var ids = rig.send(keys("o", 3));
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 2);
            assertThat(rig.effects()).as("o1 is committed, o2 is not").containsExactly("o0", "o1");
            assertThat(rig.delivery(ids.get(1)).state()).isEqualTo(DeliveryState.SENDING);
            assertThat(rig.delivery(ids.get(2)).state()).isEqualTo(DeliveryState.SENDING);

            rig.passTime();
            rig.awaitConsumed(ids);
            assertThat(rig.effects()).containsExactly("o0", "o1", "o2");
            assertThat(rig.events.duplicates).hasValue(1);
        }
    }

    @OnEachDatabase
    void twoSubscriptionsOfOneDatabaseBothTakeEffect(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var second = rig.subscription + "-mails";
            rig.queues.add(second);
            rig.start(builder ->
                    builder.listen(TOPIC, rig.subscription, rig::handle).listen(TOPIC, second, rig::handle));

            var id = rig.send("o1");

            rig.awaitConsumed(List.of(id));
            assertThat(rig.effects()).containsExactly("o1", "o1");
            assertThat(rig.inboxRows()).isEqualTo(2);
        }
    }

    @OnEachDatabase
    void throwsAwayWhatIsNoMessageOfTheService(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var consumer = rig.start(rig::handle);
            var properties = new AMQP.BasicProperties.Builder();

            rig.queues.publish(rig.subscription, properties.build(), new byte[0]);
            rig.queues.publish(
                    rig.subscription,
                    properties
                            .headers(Map.of("rm-subscription", rig.subscription))
                            .messageId("17")
                            .build(),
                    new byte[0]);
            rig.queues.publish(
                    rig.subscription,
                    properties
                            .headers(Map.of("rm-subscription", "another"))
                            .messageId(UUID.randomUUID().toString())
                            .build(),
                    new byte[0]);

            await().atMost(LIMIT).until(() -> rig.events.foreign.size() == 3);
            consumer.close();
            assertThat(rig.events.foreign)
                    .containsExactly(
                            "it is for subscription none",
                            "its message-id is no UUID: 17",
                            "it is for subscription another");
            assertThat(rig.depth()).isZero();
            assertThat(rig.handled).isEmpty();
        }
    }

    @OnEachDatabase
    void aFinalRefusalOfAnAckIsLoggedAndForgotten(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            var consumer = rig.start(rig::handle);

            rig.queues.publish(
                    rig.subscription,
                    new AMQP.BasicProperties.Builder()
                            .headers(Map.of("rm-subscription", rig.subscription, "rm-key", "o1"))
                            .messageId(MessageIds.next())
                            .build(),
                    new byte[0]);

            await().atMost(LIMIT).until(() -> rig.events.refused.size() == 1);
            assertThat(consumer.waitingAnswers()).isZero();
            assertThat(rig.effects()).containsExactly("o1");
        }
    }

    @OnEachDatabase
    void theFirstAnswerStands(TestDatabase kind) throws Exception {
        try (var rig = ConsumerRig.on(kind).withTopic()) {
            rig.queues.setCopies(2);
            var consumer = rig.start((payload, head) -> {
                rig.handle(payload, head);
                if (rig.handled.size() == 1) {
                    throw new BusinessRejection("CLOSED", "the account is closed");
                }
                await().atMost(LIMIT).until(() -> rig.delivery(head.id()).state() == DeliveryState.REJECTED);
            });

            var id = rig.send("o1");

            await().atMost(LIMIT).until(() -> rig.events.refused.size() == 1);
            assertThat(rig.events.refused).containsExactly(id);
            assertThat(rig.delivery(id).state()).isEqualTo(DeliveryState.REJECTED);
            assertThat(consumer.waitingAnswers()).isZero();
        }
    }
}
