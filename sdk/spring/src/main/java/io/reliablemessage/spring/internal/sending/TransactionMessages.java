package io.reliablemessage.spring.internal.sending;

import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.OutboxStore.OwnRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronization;

/** The messages of one transaction. Used by the transaction's thread only. */
final class TransactionMessages implements TransactionSynchronization {

    private final BoundDataSource bound;
    private final OutboxStores outboxes;
    private final Preparation preparation;
    private final Completion completion;

    private final List<UUID> written = new ArrayList<>();
    private final Set<UUID> half = new HashSet<>();
    private List<UUID> maybePrepared = List.of();
    private List<UUID> prepared = List.of();
    private @Nullable String store;
    private boolean isOver;

    TransactionMessages(BoundDataSource bound, OutboxStores outboxes, Preparation preparation, Completion completion) {
        this.bound = bound;
        this.outboxes = outboxes;
        this.preparation = preparation;
        this.completion = completion;
    }

    boolean isOf(Completion other) {
        return completion == other;
    }

    /** After all others, whose work before the commit may send messages, too, or make it fail. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    /** What is written after {@link #beforeCommit}, by a flush for example, is sent after the commit. */
    void write(OutboxRow row, boolean isHalf) {
        if (isOver) {
            throw new IllegalStateException(
                    "The transaction is over: send messages before its commit, or in a new one" + " (REQUIRES_NEW)");
        }
        use(connection -> {
            outboxes.of(bound.dataSource(), connection).insert(connection, row);
            return row;
        });
        written.add(row.id());
        if (isHalf) {
            half.add(row.id());
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (half.isEmpty() && !bound.isRouting()) {
            return;
        }
        // Read, not remembered: a savepoint that was rolled back took its rows along, and repeats are made of rows.
        OwnRows own =
                use(connection -> outboxes.of(bound.dataSource(), connection).readOwn(connection, written));
        store = own.store();
        var rows = own.rows().stream().filter(row -> half.contains(row.id())).toList();
        if (!rows.isEmpty()) {
            // Noted before the call: even one that fails may have reached the service.
            maybePrepared = rows.stream().map(OutboxRow::id).toList();
            if (preparation.prepare(rows, own.store(), bound.millisLeft())) {
                prepared = maybePrepared;
            }
        }
    }

    @Override
    public void afterCommit() {
        isOver = true;
    }

    @Override
    public void afterCompletion(int status) {
        isOver = true;
        if (status != STATUS_ROLLED_BACK) {
            var others = new ArrayList<>(written);
            others.removeAll(prepared);
            completion.committed(bound.dataSource(), store, prepared, others);
        }
        if (status != STATUS_COMMITTED && store != null && !maybePrepared.isEmpty()) {
            completion.rolledBack(store, maybePrepared);
        }
    }

    private <T> T use(BoundDataSource.Use<T> use) {
        try {
            return bound.use(use);
        } catch (SQLException e) {
            var translated = new SQLStateSQLExceptionTranslator().translate("messages of the transaction", null, e);
            throw translated == null ? new IllegalStateException(e) : translated;
        }
    }
}
