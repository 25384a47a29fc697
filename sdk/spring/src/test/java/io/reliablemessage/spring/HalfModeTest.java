package io.reliablemessage.spring;

import static io.reliablemessage.spring.ProducerRig.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.spring.ServiceProxy.Fault;
import java.time.Duration;
import java.util.Map;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A half message shares the fate of the transaction that sends it. */
class HalfModeTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @OnEachDatabase
    void aCommittedTransactionIsDelivered(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.transaction.executeWithoutResult(tx -> rig.place("A-1"));

            var sent = rig.service.sent().confirmed().within(SOON).only();
            assertThat(sent.key()).isEqualTo("A-1");
            assertThat(sent.text()).isEqualTo("{\"order\":\"A-1\"}");
            assertThat(sent.checkRef())
                    .isEqualTo(rig.jdbc.queryForObject("SELECT store_id FROM rm_store", String.class));
            rig.settle();
            assertThat(rig.rows("SENT")).isOne();
        }
    }

    @OnEachDatabase
    void whoeverCommitsKnowsThatTheServiceHasTheMessage(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.network.fail(Fault.NOT_REACHED, "/messages/confirm");

            rig.transaction.executeWithoutResult(tx -> rig.place("A-1"));

            rig.service.sent().pending().only();
            rig.settle();
            rig.service.sent().confirmed().only();
        }
    }

    @OnEachDatabase
    void whatRollsBackEarlyHasCalledNobody(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.transaction.executeWithoutResult(tx -> {
                rig.place("A-1");
                tx.setRollbackOnly();
            });

            assertThat(rig.service.sent().list()).isEmpty();
            assertThat(rig.rows("WAITING")).isZero();
        }
    }

    @OnEachDatabase
    void aSavepointTakesItsMessagesAlong(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.transaction.executeWithoutResult(tx -> {
                rig.place("A-1");
                var savepoint = tx.createSavepoint();
                rig.place("A-2");
                tx.rollbackToSavepoint(savepoint);
                rig.place("A-3");
            });

            rig.settle();
            assertThat(rig.delivered()).containsExactly("A-1", "A-3");
            assertThat(rig.service.sent().list()).hasSize(2);
        }
    }

    @OnEachDatabase
    void anInnerTransactionKeepsItsOwn(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            var inner = new TransactionTemplate(rig.manager);
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            rig.transaction.executeWithoutResult(tx -> {
                rig.place("outer");
                inner.executeWithoutResult(own -> rig.place("inner"));
                tx.setRollbackOnly();
            });

            rig.settle();
            assertThat(rig.delivered()).containsExactly("inner");
            assertThat(rig.service.sent().list()).hasSize(1);
        }
    }

    @OnEachDatabase
    void aServiceThatIsAwayFailsTheCommit(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.service.fail();

            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(tx -> rig.place("A-1")))
                    .isInstanceOf(NotPreparedException.class)
                    .hasMessageContaining("did not answer in time");

            assertThat(rig.orders()).isEmpty();
            rig.settle();
            assertThat(rig.delivered()).isEmpty();
        }
    }

    @OnEachDatabase
    void withTheFallbackItIsSentLater(TestDatabase database) {
        try (var rig = ProducerRig.on(database, settings -> settings.withFallback(Fallback.OUTBOX))) {
            rig.service.fail();

            rig.transaction.executeWithoutResult(tx -> rig.place("A-1"));

            assertThat(rig.orders()).containsExactly("A-1");
            rig.settle();
            assertThat(rig.delivered()).containsExactly("A-1");
        }
    }

    @OnEachDatabase
    void aPrepareThatReachedTheServiceUnseenIsTheSameMessage(TestDatabase database) {
        try (var rig = ProducerRig.on(
                database,
                settings -> settings.withFallback(Fallback.OUTBOX).withPrepareTimeout(Duration.ofMillis(200)))) {
            rig.network.fail(Fault.REPLY_LOST, "/messages/prepare");

            rig.transaction.executeWithoutResult(tx -> {
                rig.save("A-1");
                rig.messages
                        .to(TOPIC)
                        .key("A-1")
                        .type("OrderPlaced")
                        .header("tenant", "四十二")
                        .delay(Duration.ofMinutes(30))
                        .checkAfter(Duration.ofSeconds(90))
                        .send(Map.of("note", "价格 😀"));
            });

            rig.service.sent().pending().only();
            rig.settle();
            var sent = rig.service.sent().confirmed().only();
            assertThat(sent.headers()).containsEntry("tenant", "四十二").containsEntry("type", "OrderPlaced");
            assertThat(rig.rows("SENT"))
                    .as("a second content would have been refused")
                    .isOne();
        }
    }

    @OnEachDatabase
    void aMessageThatTheServiceRefusesFailsTheCommitWhateverTheFallback(TestDatabase database) {
        try (var rig = ProducerRig.on(database, settings -> settings.withFallback(Fallback.OUTBOX))) {
            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(tx -> {
                        rig.save("A-1");
                        rig.messages
                                .to(TOPIC)
                                .key("A-1")
                                .header("x-death", "no")
                                .send(Map.of());
                    }))
                    .isInstanceOf(NotPreparedException.class)
                    .hasMessageContaining("refuses it")
                    .hasMessageContaining("x-death");

            assertThat(rig.orders()).isEmpty();
        }
    }

    @OnEachDatabase
    void aTopicThatIsMissingIsNotReady(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(
                            tx -> rig.messages.send("order.unknown", "A-1", Map.of())))
                    .isInstanceOf(NotPreparedException.class)
                    .hasMessageContaining("not ready")
                    .hasMessageContaining("order.unknown");
        }
        try (var rig = ProducerRig.on(database, settings -> settings.withFallback(Fallback.OUTBOX))) {
            rig.transaction.executeWithoutResult(tx -> rig.messages.send("order.unknown", "A-1", Map.of()));
            assertThat(rig.rows("WAITING")).isOne();
            rig.service.subscribe("late", "order.unknown", "orders");
            rig.settle();
            assertThat(rig.delivered()).containsExactly("A-1");
        }
    }

    @OnEachDatabase
    void aSynchronizationThatThrowsAfterThePrepareCancels(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(tx -> {
                        rig.place("A-1");
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                throw new IllegalArgumentException("after the prepare");
                            }
                        });
                    }))
                    .hasMessage("after the prepare");

            assertThat(rig.service.sent().cancelled().within(SOON).only().key()).isEqualTo("A-1");
        }
    }

    @OnEachDatabase
    void aFirstMessageBeforeTheCommitIsCaughtUp(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.transaction.executeWithoutResult(
                    tx -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            rig.place("A-1");
                        }
                    }));

            assertThat(rig.service.sent().confirmed().within(SOON).only().key()).isEqualTo("A-1");
        }
    }

    @OnEachDatabase
    void aSwallowedFailureOfTheDatabaseCommitsNoMessageAlone(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            rig.transaction.executeWithoutResult(tx -> rig.save("taken"));
            try {
                rig.transaction.executeWithoutResult(tx -> {
                    rig.place("A-1");
                    try {
                        rig.save("taken");
                    } catch (RuntimeException swallowed) {
                        // PostgreSQL has aborted the transaction, the others only the statement
                    }
                });
            } catch (RuntimeException postgresRefusesTheCommit) {
                assertThat(database).isEqualTo(TestDatabase.POSTGRESQL);
            }

            rig.settle();
            assertThat(rig.delivered().contains("A-1")).isEqualTo(rig.orders().contains("A-1"));
        }
    }

    @OnEachDatabase
    void aHungServiceHoldsAPoolOfOneForTheTimeoutOnly(TestDatabase database) {
        var config = TestDatabase.poolLike(database.newDatabase());
        config.setMaximumPoolSize(1);
        try (var rig = new ProducerRig(
                new com.zaxxer.hikari.HikariDataSource(config),
                settings -> settings.withPrepareTimeout(Duration.ofMillis(300)))) {
            rig.network.fail(Fault.HUNG, "/messages/prepare");
            var start = System.nanoTime();

            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(tx -> rig.place("A-1")))
                    .isInstanceOf(NotPreparedException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            rig.network.heal();
            rig.transaction.executeWithoutResult(tx -> rig.place("A-2"));
            rig.settle();
            assertThat(rig.delivered()).containsExactly("A-2");
        }
    }

    @OnEachDatabase
    void thePrepareNeverOutlastsTheTransaction(TestDatabase database) {
        try (var rig = ProducerRig.on(database, settings -> settings.withPrepareTimeout(Duration.ofSeconds(30)))) {
            rig.network.fail(Fault.HUNG, "/messages/prepare");
            var bounded = new TransactionTemplate(rig.manager);
            bounded.setTimeout(1);
            var start = System.nanoTime();

            assertThatThrownBy(() -> bounded.executeWithoutResult(tx -> rig.place("A-1")))
                    .isInstanceOf(NotPreparedException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @OnEachDatabase
    void aSendWithoutATransactionSaysWhatToDo(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            assertThatThrownBy(() -> rig.messages.send(TOPIC, "A-1", Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("@Transactional");

            var readOnly = new TransactionTemplate(rig.manager);
            readOnly.setReadOnly(true);
            assertThatThrownBy(() -> readOnly.executeWithoutResult(tx -> rig.messages.send(TOPIC, "A-1", Map.of())))
                    .hasMessageContaining("read-only");

            var other = new TransactionTemplate(new DataSourceTransactionManager(rig.pool));
            assertThatThrownBy(() -> other.executeWithoutResult(tx -> rig.messages.send(TOPIC, "A-1", Map.of())))
                    .hasMessageContaining("its transaction manager must know the DataSource");

            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(tx -> rig.messages.send(TOPIC, "", Map.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key");

            rig.messages.inTransaction(() -> rig.place("A-2"));
            rig.settle();
            assertThat(rig.delivered()).containsExactly("A-2");
        }
    }

    @OnEachDatabase
    void afterItsCommitATransactionTakesNoMessages(TestDatabase database) {
        try (var rig = ProducerRig.on(database)) {
            assertThatThrownBy(() -> rig.transaction.executeWithoutResult(tx -> {
                        rig.place("A-1");
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                rig.messages.send(TOPIC, "A-2", Map.of());
                            }
                        });
                    }))
                    .hasMessageContaining("The transaction is over");

            rig.settle();
            assertThat(rig.delivered()).containsExactly("A-1");
        }
    }
}
