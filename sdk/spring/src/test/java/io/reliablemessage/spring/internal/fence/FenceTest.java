package io.reliablemessage.spring.internal.fence;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.spring.BusinessTransaction;
import io.reliablemessage.spring.Rows;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FenceTest {

    private final Fence fence = new Fence();

    @ParameterizedTest
    @EnumSource
    void anOpenTransactionIsUnknownAtOnceAndCommitsUndisturbed(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var open = BusinessTransaction.in(kind.store(database))) {
            var store = kind.store(database);
            var id = BusinessTransaction.newId();
            open.send(id);
            var begin = System.nanoTime();

            assertThat(fence.rule(store, id).decision()).isEqualTo(UNKNOWN);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1500));
            open.commit();
            assertThat(fence.rule(store, id))
                    .extracting(Ruling::decision, Ruling::store)
                    .containsExactly(COMMITTED, store.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatWroteNothingYetCannotCommitAfterItWasCalledRolledBack(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var late = BusinessTransaction.in(kind.store(database))) {
            var store = kind.store(database);
            var id = BusinessTransaction.newId();

            assertThat(fence.rule(store, id))
                    .extracting(Ruling::decision, Ruling::store)
                    .containsExactly(ROLLED_BACK, store.id());

            assertDuplicate(late, id);
            assertThat(Rows.state(store, id)).contains("FENCE");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackIsFoundAndStaysOne(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var transaction = BusinessTransaction.in(kind.store(database))) {
            var store = kind.store(database);
            var id = BusinessTransaction.newId();
            transaction.send(id);
            assertThat(fence.rule(store, id).decision()).isEqualTo(UNKNOWN);

            transaction.rollBack();

            assertThat(fence.rule(store, id).decision()).isEqualTo(ROLLED_BACK);
            assertThat(fence.rule(store, id).decision()).isEqualTo(ROLLED_BACK);
            assertDuplicate(transaction, id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowIsCommittedWhateverTheServiceMadeOfIt(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            var waiting = BusinessTransaction.committed(store);
            var sent = BusinessTransaction.committed(store);
            var refused = BusinessTransaction.committed(store);
            Rows.run(store, "UPDATE rm_outbox SET state = 'SENT', settled_at = next_at WHERE message_id = ?", sent);
            Rows.run(
                    store,
                    "UPDATE rm_outbox SET state = 'REFUSED', settled_at = next_at, refusal = 'no' WHERE message_id = ?",
                    refused);

            assertThat(fence.rule(store, waiting).decision()).isEqualTo(COMMITTED);
            assertThat(fence.rule(store, sent).decision()).isEqualTo(COMMITTED);
            assertThat(fence.rule(store, refused).decision()).isEqualTo(COMMITTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatMeetsAnOpenFenceWaitsForItAndFails(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var late = BusinessTransaction.in(kind.store(database))) {
            var store = kind.store(database);
            var id = BusinessTransaction.newId();
            var rows = new FenceRows(store);

            var insert = rows.inTransaction(connection -> {
                assertThat(rows.insert(connection, id)).isTrue();
                var waiting = CompletableFuture.runAsync(() -> assertDuplicate(late, id));
                assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                return waiting;
            });

            insert.get(5, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdOfAnotherKindIsUnknownAndNotFenced(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            var random = UUID.fromString("0a8ff9b3-4e1b-4c5f-9d53-1c2f6a3b7d90");
            var otherVariant = UUID.fromString("019a8ff9-4e1b-7c5f-cd53-1c2f6a3b7d90");

            assertUnknownWithoutFence(store, random);
            assertUnknownWithoutFence(store, otherVariant);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatHasAnotherIdByNowIsNotFenced(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            Rows.run(store, "UPDATE rm_store SET store_id = 'renewed'");

            assertUnknownWithoutFence(store, BusinessTransaction.newId());
        }
    }

    private void assertUnknownWithoutFence(Store store, UUID id) throws SQLException {
        assertThat(fence.rule(store, id).decision()).isEqualTo(UNKNOWN);
        assertThat(Rows.state(store, id)).isEmpty();
    }

    private static void assertDuplicate(BusinessTransaction transaction, UUID id) {
        assertThatThrownBy(() -> transaction.send(id))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
    }
}
