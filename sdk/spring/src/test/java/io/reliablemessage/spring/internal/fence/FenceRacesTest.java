package io.reliablemessage.spring.internal.fence;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.spring.BusinessTransaction;
import io.reliablemessage.spring.Rows;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FenceRacesTest {

    private static final int ROUNDS = 200;
    private static final long MAX_PAUSE_NANOS = 3_000_000;

    private final Fence fence = new Fence();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CyclicBarrier start = new CyclicBarrier(2);

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void neverCallsATransactionRolledBackThatCommits(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            Map<CheckbackDecision, Integer> seen = new EnumMap<>(CheckbackDecision.class);
            for (var round = 0; round < ROUNDS; round++) {
                var id = BusinessTransaction.newId();
                var commit = other.submit(() -> {
                    start.await();
                    pause();
                    return commits(store, id);
                });
                start.await();
                pause();

                var decision = fence.rule(store, id).decision();

                var committed = commit.get();
                assertThat(decision).isNotEqualTo(committed ? ROLLED_BACK : COMMITTED);
                assertThat(Rows.state(store, id)).contains(committed ? "WAITING" : "FENCE");
                seen.merge(decision, 1, Integer::sum);
            }
            assertThat(seen).containsKeys(ROLLED_BACK, COMMITTED); // else it was no race
        }
    }

    /** So long that either may come first. */
    private static void pause() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE_NANOS));
    }

    private static boolean commits(Store store, UUID id) throws SQLException {
        try (var transaction = BusinessTransaction.in(store)) {
            transaction.send(id);
            pause();
            transaction.commit();
            return true;
        } catch (SQLException duplicate) {
            assertThat(duplicate.getSQLState()).startsWith("23");
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverCallsACommittedRowRolledBackThatIsBeingCleaned(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            for (var round = 0; round < ROUNDS; round++) {
                var id = BusinessTransaction.committed(store);
                var cleaned = other.submit(() -> {
                    start.await();
                    pause();
                    return clean(store, id);
                });
                start.await();
                pause();

                assertThat(fence.rule(store, id).decision()).isNotEqualTo(ROLLED_BACK);

                cleaned.get();
                assertThat(fence.rule(store, id).decision()).isNotEqualTo(ROLLED_BACK);
            }
        }
    }

    private static int clean(Store store, UUID id) throws SQLException {
        return store.inTransaction(connection -> {
            try (var delete = connection.prepareStatement("DELETE FROM rm_outbox WHERE message_id = ?");
                    var note = connection.prepareStatement("UPDATE rm_store SET cleaned_to = ?")) {
                delete.setObject(1, store.dialect().id(id));
                delete.executeUpdate();
                note.setObject(1, store.dialect().id(id));
                return note.executeUpdate();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatMayHaveBeenCleanedIsUnknownAndNotFenced(FencedDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = kind.store(database);
            var older = BusinessTransaction.newId();
            var cleaned = BusinessTransaction.committed(store);
            var newer = BusinessTransaction.newId();
            clean(store, cleaned);

            var ruling = fence.rule(store, cleaned);

            assertThat(ruling.decision()).isEqualTo(CheckbackDecision.UNKNOWN);
            assertThat(ruling.reason()).isEqualTo("the id is older than what is kept");
            assertThat(fence.rule(store, older).decision()).isEqualTo(CheckbackDecision.UNKNOWN);
            assertThat(Rows.state(store, cleaned)).isEmpty();
            assertThat(Rows.state(store, older)).isEmpty();
            assertThat(fence.rule(store, newer).decision()).isEqualTo(ROLLED_BACK);
        }
    }
}
