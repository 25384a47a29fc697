package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.api.LedgerView;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.internal.outbox.EpochStore;
import io.reliablemessage.spring.internal.outbox.UnsettlingStore;
import io.reliablemessage.spring.internal.outbox.UnsettlingStore.Page;
import io.reliablemessage.spring.internal.outbox.UnsettlingStore.Position;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the service's epoch with that of one store. A higher one means that the service was restored: what was settled
 * after that point, or shortly before it by another clock, waits again. A lower one is that of an old answer.
 *
 * <p>The new epoch is stored in the transaction of the last page. If the process dies before, all of it is done again,
 * and finds the rows that wait already waiting. Replicas may do it at the same time.
 */
final class EpochWatch {

    static final int PAGE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(EpochWatch.class);
    private static final Duration CLOCKS = Duration.ofMinutes(10);
    // A row carries the time at which its transaction began, so it may lie before others that were visible earlier.
    private static final Duration LATE = Duration.ofMinutes(1);

    private final ReliableMessageClient client;
    private final BooleanSupplier isStopping;
    private final ProducerListener listener;
    private @Nullable String compared;

    /** @param isStopping no more pages; the rest is done at the next start, or by another replica */
    EpochWatch(ReliableMessageClient client, BooleanSupplier isStopping, ProducerListener listener) {
        this.client = client;
        this.isStopping = isStopping;
        this.listener = listener;
    }

    /**
     * Un-settles what a restored service may have lost, all of it. Reads the store only while an epoch is new to it.
     *
     * @throws io.reliablemessage.client.MessageProblemException the service did not answer what it was restored to
     */
    void check(Store store) throws SQLException {
        var seen = client.epoch().orElse(null);
        if (seen == null || !Epochs.isHigher(seen, compared)) {
            return;
        }
        var epochs = new EpochStore(store.dialect(), store.tables());
        var stored = store.inTransaction(connection -> {
                    if (epochs.read(connection) == null) {
                        epochs.begin(connection, seen);
                    }
                    return Optional.ofNullable(epochs.read(connection));
                })
                .orElse(null);
        if (stored != null && Epochs.isHigher(seen, stored)) {
            follow(store, epochs, stored, client.ledger(stored));
        } else {
            compared = stored;
        }
    }

    private void follow(Store store, EpochStore epochs, String before, LedgerView ledger) throws SQLException {
        if (!Epochs.isHigher(ledger.epoch(), before)) {
            return; // an old answer, this one
        }
        var restoredTo = ledger.restoredTo();
        if (restoredTo == null) {
            store.inTransaction(connection -> epochs.replace(connection, before, ledger.epoch()));
        } else {
            unsettle(store, new Restore(epochs, before, ledger.epoch()), restoredTo.minus(CLOCKS));
        }
    }

    private void unsettle(Store store, Restore restore, Instant since) throws SQLException {
        var messages = 0;
        var withoutPayload = 0;
        var position = Position.before(since);
        var isOver = false;
        while (!isOver && !isStopping.getAsBoolean()) {
            var from = position;
            var page = store.inTransaction(connection -> Optional.ofNullable(restore.page(connection, store, from)))
                    .orElse(null);
            if (page == null) {
                break; // another replica has finished
            }
            messages += page.unsettled();
            withoutPayload += page.withoutPayload();
            position = page.last();
            isOver = page.isLast();
        }
        LOG.warn(
                "The service was restored (epoch {} after {}): {} messages of {} are sent again; {} cannot be, as their payload was "
                        + "cleared",
                restore.epoch(),
                restore.before(),
                messages,
                store,
                withoutPayload);
        listener.restored(restore.epoch(), messages, withoutPayload);
    }

    /** One change of a store's epoch. */
    private record Restore(EpochStore epochs, String before, String epoch) {

        /** Nobody marks rows as sent while this runs; null: the epoch was changed by another. */
        @Nullable
        Page page(Connection connection, Store store, Position from) throws SQLException {
            if (!before.equals(epochs.readAlone(connection))) {
                return null;
            }
            var rows = new UnsettlingStore(store.dialect(), store.tables());
            var page = rows.unsettle(connection, from, PAGE);
            if (!page.isLast()) {
                return page;
            }
            var late =
                    rows.unsettle(connection, Position.before(page.last().at().minus(LATE)), PAGE);
            var unsettled = page.unsettled() + late.unsettled();
            while (!late.isLast()) {
                late = rows.unsettle(connection, late.last(), PAGE);
                unsettled += late.unsettled();
            }
            epochs.replace(connection, before, epoch);
            return new Page(unsettled, page.withoutPayload(), page.last(), true);
        }
    }
}
