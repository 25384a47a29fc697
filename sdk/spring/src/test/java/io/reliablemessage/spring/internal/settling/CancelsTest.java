package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.store.Store;
import java.util.List;
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

        orders.settling(this::isRolledBack).rolledBack(orders.store.id(), List.of(row.id()));

        await().untilAsserted(() -> assertThat(orders.atService(row.id()).isCancelled()).isTrue());
        await().untilAsserted(() -> assertThat(orders.heard.cancelled).hasValue(1));
        assertThat(ruled).containsExactly(row.id());
    }

    @Test
    void isSilentInAnyDoubt() {
        var doubtful = prepared();
        var certain = prepared();
        var settling = orders.settling((store, id) -> id.equals(certain.id()));

        settling.rolledBack(orders.store.id(), List.of(doubtful.id(), certain.id()));

        await().untilAsserted(() -> assertThat(orders.atService(certain.id()).isCancelled()).isTrue());
        assertThat(orders.atService(doubtful.id()).isPending()).isTrue();
    }

    @Test
    void doesNotRepeatACancelThatFails() throws Exception {
        try (var stub = StubService.problem(500, "internal-error", "")) {
            var cancels = cancels(stub);

            assertThat(cancels.handle(orders.store.id(), List.of(UUID.randomUUID()))).isEmpty();

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
                this::isRolledBack,
                orders.clientOf(stub.url()),
                () -> false,
                orders.heard);
    }

    private boolean isRolledBack(Store store, UUID id) {
        return ruled.add(id);
    }

    private OutboxRow prepared() {
        var row = row();
        orders.client().prepare(orders.requests.of(row, orders.store.id()));
        return row;
    }
}
