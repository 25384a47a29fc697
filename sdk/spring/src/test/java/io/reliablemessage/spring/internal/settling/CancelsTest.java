package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.fence.Fence;
import io.reliablemessage.spring.internal.fence.Ruling;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancelsTest {

    private final List<UUID> ruled = new CopyOnWriteArrayList<>();
    private SettlingEnvironment orders;

    @BeforeEach
    void start() throws Exception {
        orders = SettlingEnvironment.on(TestDatabase.H2);
    }

    @AfterEach
    void stop() throws Exception {
        orders.close();
    }

    @Test
    void cancelsWhatCertainlyRolledBack() {
        var row = prepared();

        orders.settling(this::rolledBack).rolledBack(orders.store.id(), List.of(row.id()));

        await().untilAsserted(() ->
                assertThat(orders.atService(row.id()).isCancelled()).isTrue());
        await().untilAsserted(() -> assertThat(orders.heard.cancelled).hasValue(1));
        assertThat(ruled).containsExactly(row.id());
    }

    @Test
    void isSilentInAnyDoubt() {
        var doubtful = prepared();
        var certain = prepared();
        var elsewhere = prepared();
        var rulings = Map.of(
                doubtful.id(), Ruling.unknown("as tested"),
                elsewhere.id(), new Ruling(CheckbackDecision.ROLLED_BACK, "another", "as tested"),
                certain.id(), new Ruling(CheckbackDecision.ROLLED_BACK, orders.store.id(), "as tested"));
        var settling = orders.settling((store, id) -> Objects.requireNonNull(rulings.get(id)));

        settling.rolledBack(orders.store.id(), List.of(doubtful.id(), elsewhere.id(), certain.id()));

        await().untilAsserted(() ->
                assertThat(orders.atService(certain.id()).isCancelled()).isTrue());
        assertThat(orders.atService(doubtful.id()).isPending()).isTrue();
        assertThat(orders.atService(elsewhere.id()).isPending()).isTrue();
    }

    @Test
    void aCommitThatLooksLikeARollbackIsNotCancelled() throws Exception {
        var committed = prepared();
        orders.rows.commit(committed);
        var rolledBack = prepared();

        orders.settling(new Fence()::rule).rolledBack(orders.store.id(), List.of(committed.id(), rolledBack.id()));

        await().untilAsserted(() ->
                assertThat(orders.atService(rolledBack.id()).isCancelled()).isTrue());
        assertThat(orders.atService(committed.id()).isPending()).isTrue();
        assertThat(orders.rows.state(rolledBack)).isEqualTo("FENCE");
    }

    @Test
    void rulesNothingWhereTwoDatabasesHaveOneId() throws Exception {
        try (var stub = StubService.problem(500, "internal-error", "");
                var copy = TestDatabase.H2.newDatabase()) {
            var other = new Store(copy, orders.store.dialect(), orders.store.tables(), orders.store.id());
            var cancels = new Cancels(
                    new KnownStores(() -> List.of(orders.store, other)),
                    this::rolledBack,
                    orders.clientOf(stub.url()),
                    () -> false,
                    orders.heard);

            cancels.handle(orders.store.id(), List.of(UUID.randomUUID()));

            assertThat(ruled).isEmpty();
        }
    }

    @Test
    void doesNotRepeatACancelThatFails() throws Exception {
        try (var stub = StubService.problem(500, "internal-error", "")) {
            var cancels = cancels(stub);

            assertThat(cancels.handle(orders.store.id(), List.of(UUID.randomUUID())))
                    .isEmpty();

            assertThat(stub.calls).hasValue(1);
            assertThat(orders.heard.cancelled).hasValue(0);
        }
    }

    @Test
    void rulesNothingInAnUnknownStore() throws Exception {
        try (var stub = StubService.problem(500, "internal-error", "")) {
            cancels(stub).handle("another", List.of(UUID.randomUUID()));

            assertThat(ruled).isEmpty();
            assertThat(stub.calls).hasValue(0);
        }
    }

    @Test
    void reportsWhatFoundNoRoom() throws Exception {
        try (var stub = StubService.problem(500, "internal-error", "")) {
            var cancels = cancels(stub);
            cancels.drop(3);
            cancels.drop(4);

            cancels.handle("another", List.of(UUID.randomUUID()));

            assertThat(orders.heard.cancelsDropped).hasValue(7);
        }
    }

    private Cancels cancels(StubService stub) {
        return new Cancels(
                new KnownStores(() -> List.of(orders.store)),
                this::rolledBack,
                orders.clientOf(stub.url()),
                () -> false,
                orders.heard);
    }

    private Ruling rolledBack(Store store, UUID id) {
        ruled.add(id);
        return SettlingEnvironment.allRolledBack(store, id);
    }

    private OutboxRow prepared() {
        var row = row();
        orders.client().prepare(orders.requests.of(row, orders.store.id()));
        return row;
    }
}
