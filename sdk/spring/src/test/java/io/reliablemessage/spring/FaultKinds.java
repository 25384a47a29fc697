package io.reliablemessage.spring;

import static io.reliablemessage.spring.FaultKind.Duration.ALWAYS;
import static io.reliablemessage.spring.FaultKind.Duration.ROUND;
import static io.reliablemessage.spring.FaultKind.Duration.UNTIL_END;
import static io.reliablemessage.spring.FaultKind.Duration.UNTIL_MET;
import static io.reliablemessage.spring.FaultyDataSource.CommitFault.CUT;
import static io.reliablemessage.spring.FaultyDataSource.CommitFault.REPLY_LOST;
import static io.reliablemessage.spring.FaultyDataSource.CommitFault.REPLY_LOST_ROLLBACK_WORKS;

import io.reliablemessage.spring.FaultyDataSource.CommitFault;
import io.reliablemessage.spring.ServiceProxy.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The kinds of faults around a producer's transaction. */
final class FaultKinds {

    private static final UnaryOperator<ProducerSettings> STRICT =
            settings -> settings.withPrepareTimeout(Duration.ofMillis(150));
    private static final UnaryOperator<ProducerSettings> FALLBACK =
            settings -> STRICT.apply(settings).withFallback(Fallback.OUTBOX);
    private static final UnaryOperator<ProducerSettings> OUTBOX = settings -> settings.withMode(SendMode.OUTBOX);

    private FaultKinds() {}

    static List<FaultKind> all() {
        return List.of(
                network("PREPARE_REPLY_LOST", STRICT, Fault.REPLY_LOST, "/messages/prepare"),
                network("PREPARE_REPLY_LOST_FALLBACK", FALLBACK, Fault.REPLY_LOST, "/messages/prepare"),
                rolledBack(
                        "PREPARE_REPLY_LOST_FALLBACK_ROLLBACK", FALLBACK, ROUND, Fault.REPLY_LOST, "/messages/prepare"),
                network("PREPARE_NOT_REACHED_FALLBACK", FALLBACK, Fault.NOT_REACHED, "/messages/prepare"),
                network("PREPARE_HUNG", STRICT, Fault.HUNG, "/messages/prepare"),
                background("CONFIRM_REPLY_LOST", STRICT, UNTIL_END, Fault.REPLY_LOST, "/messages/confirm"),
                background("CONFIRM_NOT_REACHED", STRICT, UNTIL_END, Fault.NOT_REACHED, "/messages/confirm"),
                background("SEND_REPLY_LOST", OUTBOX, UNTIL_MET, Fault.REPLY_LOST, "/messages"),
                background("SEND_NOT_REACHED", OUTBOX, UNTIL_MET, Fault.NOT_REACHED, "/messages"),
                rolledBack("CANCEL_NOT_REACHED", STRICT, UNTIL_END, Fault.NOT_REACHED, "/messages/cancel"),
                rolledBack("CANCEL_REPLY_LOST", STRICT, UNTIL_END, Fault.REPLY_LOST, "/messages/cancel"),
                commit("COMMIT_REPLY_LOST", REPLY_LOST),
                commit("COMMIT_CUT", CUT),
                commit("COMMIT_SAID_TO_BE_ROLLED_BACK", REPLY_LOST_ROLLBACK_WORKS),
                jpa("JPA_COMMIT_REPLY_LOST", REPLY_LOST),
                jpa("JPA_COMMIT_CUT", CUT),
                jpa("JPA_COMMIT_SAID_TO_BE_ROLLED_BACK", REPLY_LOST_ROLLBACK_WORKS),
                new FaultKind("JPA_SENT_BY_THE_FLUSH", STRICT, ALWAYS, FaultKinds::sentByTheFlush),
                new FaultKind("MYBATIS_COMMIT_REPLY_LOST", STRICT, ROUND, (faults, number) -> {
                    faults.rig.database.failNextCommit(REPLY_LOST);
                    faults.rig.transaction.executeWithoutResult(tx -> {
                        faults.myBatis.orders.save(number);
                        faults.rig.messages.send(ProducerRig.TOPIC, number, number(number));
                    });
                }),
                new FaultKind("FIRST_SENT_BEFORE_COMMIT", STRICT, ALWAYS, FaultKinds::firstSentBeforeCommit),
                new FaultKind("ANOTHER_SYNCHRONIZATION_THROWS", STRICT, ALWAYS, FaultKinds::anotherThrows),
                new FaultKind("OUTER_ROLLS_BACK_REQUIRES_NEW", STRICT, ALWAYS, FaultKinds::requiresNew),
                new FaultKind("SAVEPOINT_ROLLED_BACK", STRICT, ALWAYS, FaultKinds::savepoint),
                new FaultKind("FAILURE_SWALLOWED", STRICT, ALWAYS, FaultKinds::swallowed),
                new FaultKind("CHAINED_MANAGERS", STRICT, ALWAYS, FaultKinds::chained),
                new FaultKind("DDL_INSIDE", STRICT, ALWAYS, FaultKinds::ddlInside));
    }

    private static Map<String, String> number(String number) {
        return Map.of("order", number);
    }

    private static FaultKind network(String name, UnaryOperator<ProducerSettings> settings, Fault fault, String path) {
        return new FaultKind(name, settings, ROUND, (faults, number) -> {
            faults.rig.network.fail(fault, path);
            faults.rig.transaction.executeWithoutResult(tx -> faults.rig.place(number));
        });
    }

    /** What comes after the commit is done by other threads, for many messages at a time. */
    private static FaultKind background(
            String name,
            UnaryOperator<ProducerSettings> settings,
            FaultKind.Duration duration,
            Fault fault,
            String path) {
        return new FaultKind(name, settings, duration, (faults, number) -> {
            faults.rig.network.fail(fault, path);
            faults.rig.transaction.executeWithoutResult(tx -> faults.rig.place(number));
        });
    }

    private static FaultKind rolledBack(
            String name,
            UnaryOperator<ProducerSettings> settings,
            FaultKind.Duration duration,
            Fault fault,
            String path) {
        return new FaultKind(name, settings, duration, (faults, number) -> {
            faults.rig.network.fail(fault, path);
            anotherThrows(faults, number);
        });
    }

    private static FaultKind commit(String name, CommitFault fault) {
        UnaryOperator<ProducerSettings> settings = STRICT;
        return new FaultKind(name, settings, ROUND, (faults, number) -> {
            var manager = new DataSourceTransactionManager(faults.rig.database);
            manager.setRollbackOnCommitFailure(fault == REPLY_LOST_ROLLBACK_WORKS);
            faults.rig.database.failNextCommit(fault);
            new TransactionTemplate(manager).executeWithoutResult(tx -> faults.rig.place(number));
        });
    }

    private static FaultKind jpa(String name, CommitFault fault) {
        return new FaultKind(name, STRICT, ROUND, (faults, number) -> {
            faults.rig.database.failNextCommit(fault);
            faults.jpa.transaction.executeWithoutResult(tx -> {
                faults.jpa.persist(number);
                faults.rig.messages.send(ProducerRig.TOPIC, number, number(number));
            });
        });
    }

    private static void sentByTheFlush(ProducerFaults faults, String number) {
        JpaOrder.PERSISTED.set(order -> faults.rig.messages.send(ProducerRig.TOPIC, order, number(order)));
        faults.jpa.transaction.executeWithoutResult(tx -> faults.jpa.persist(number));
    }

    private static void firstSentBeforeCommit(ProducerFaults faults, String number) {
        faults.rig.transaction.executeWithoutResult(
                tx -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        faults.rig.place(number);
                    }
                }));
    }

    private static void anotherThrows(ProducerFaults faults, String number) {
        faults.rig.transaction.executeWithoutResult(tx -> {
            faults.rig.place(number);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    throw new IllegalStateException("after the prepare");
                }
            });
        });
    }

    private static void requiresNew(ProducerFaults faults, String number) {
        var inner = new TransactionTemplate(faults.rig.manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        faults.rig.transaction.executeWithoutResult(tx -> {
            faults.rig.place(number + "-outer");
            inner.executeWithoutResult(own -> faults.rig.place(number));
            throw new IllegalStateException("the outer one fails");
        });
    }

    private static void savepoint(ProducerFaults faults, String number) {
        faults.rig.transaction.executeWithoutResult(tx -> {
            var savepoint = tx.createSavepoint();
            faults.rig.place(number + "-undone");
            tx.rollbackToSavepoint(savepoint);
            faults.rig.place(number);
        });
    }

    private static void swallowed(ProducerFaults faults, String number) {
        faults.rig.transaction.executeWithoutResult(tx -> {
            faults.rig.place(number);
            try {
                faults.rig.save(number);
            } catch (RuntimeException taken) {
                // PostgreSQL will refuse the commit, the others will not
            }
        });
    }

    /** The inner manager's end is reported while the outer database is still open; every second outer one rolls back. */
    private static void chained(ProducerFaults faults, String number) {
        var other = new TransactionTemplate(new DataSourceTransactionManager(faults.rig.pool));
        faults.rig.transaction.executeWithoutResult(tx -> {
            other.executeWithoutResult(inner -> faults.rig.place(number));
            if (number.endsWith("1") || number.endsWith("3")) {
                throw new IllegalStateException("the outer one fails after the inner one's commit");
            }
        });
    }

    /** MySQL and MariaDB commit before DDL; the rollback afterwards undoes nothing. */
    private static void ddlInside(ProducerFaults faults, String number) {
        faults.rig.transaction.executeWithoutResult(tx -> {
            faults.rig.place(number);
            faults.rig.jdbc.execute("CREATE TABLE t" + Math.floorMod(number.hashCode(), 1_000_000) + " (x INTEGER)");
            throw new IllegalStateException("rolled back, or so it seems");
        });
    }
}
