package io.reliablemessage.spring;

import static io.reliablemessage.spring.ConsumerRig.LIMIT;
import static io.reliablemessage.spring.ConsumerRig.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.DeliveryState;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;

/** Effects that are written by JPA, whose transactions flush at their end, and by MyBatis. */
class ConsumerFrameworksTest {

    @OnEachDatabase
    void aFlushThatFailsAtTheCommitRollsTheInboxBack(TestDatabase kind) throws Exception {
        try (var rig = rig(kind);
                var jpa = new Jpa(rig.database)) {
            rig.jdbc.update("INSERT INTO orders (number) VALUES ('o1')");
            rig.start(builder -> builder.transactionManager(manager(jpa))
                    .listen(TOPIC, rig.subscription, (payload, head) -> jpa.persist(head.key())));

            var ids = rig.send(List.of("o1", "o2"));
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1 && rig.events.handled.get() == 1);
            assertThat(rig.events.failures.get(0)).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(rig.inboxRows()).isEqualTo(1);

            rig.jdbc.update("DELETE FROM orders WHERE number = 'o1'");
            rig.passTime();

            rig.awaitConsumed(ids);
            assertThat(orders(rig)).containsExactly("o1", "o2");
            assertThat(rig.inboxRows()).isEqualTo(2);
        }
    }

    /** JPA reports such a commit as rolled back. */
    @OnEachDatabase
    void aCommitOfJpaWithoutReplyTakesEffectOnce(TestDatabase kind) throws Exception {
        try (var rig = rig(kind);
                var jpa = new Jpa(rig.database)) {
            rig.start(builder -> builder.transactionManager(manager(jpa))
                    .listen(TOPIC, rig.subscription, (payload, head) -> {
                        jpa.persist(head.key());
                        if (head.key().equals("o1") && head.attempt() == 1) {
                            rig.database.failNextCommit(FaultyDataSource.CommitFault.REPLY_LOST);
                        }
                    }));

            var ids = rig.send(List.of("o1", "o2"));
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1);
            assertThat(orders(rig)).containsExactly("o1", "o2");
            rig.passTime();

            rig.awaitConsumed(ids);
            assertThat(orders(rig)).containsExactly("o1", "o2");
            assertThat(rig.events.duplicates).hasValue(1);
        }
    }

    @OnEachDatabase
    void anEffectOfMyBatisSharesTheTransaction(TestDatabase kind) throws Exception {
        try (var rig = rig(kind)) {
            var myBatis = new MyBatis(rig.database);
            rig.start((payload, head) -> {
                myBatis.orders.save(head.key());
                if (head.key().equals("o2")) {
                    throw new BusinessRejection("NO", "not this one");
                }
                if (head.attempt() == 1) {
                    throw new IllegalStateException("not yet");
                }
            });

            var ids = rig.send(List.of("o1", "o2"));
            await().atMost(LIMIT).until(() -> rig.events.failures.size() == 1 && rig.events.rejections.size() == 1);
            assertThat(orders(rig)).isEmpty();
            rig.passTime();

            await().atMost(LIMIT)
                    .until(() -> rig.states(ids).equals(Set.of(DeliveryState.CONSUMED, DeliveryState.REJECTED)));
            assertThat(orders(rig)).containsExactly("o1");
        }
    }

    private static ConsumerRig rig(TestDatabase kind) {
        var rig = ConsumerRig.on(kind).withTopic();
        rig.jdbc.execute("CREATE TABLE orders (number VARCHAR(100) PRIMARY KEY)");
        return rig;
    }

    private static PlatformTransactionManager manager(Jpa jpa) {
        return Objects.requireNonNull(jpa.transaction.getTransactionManager());
    }

    private static List<String> orders(ConsumerRig rig) {
        return rig.jdbc.queryForList("SELECT number FROM orders ORDER BY number", String.class);
    }
}
