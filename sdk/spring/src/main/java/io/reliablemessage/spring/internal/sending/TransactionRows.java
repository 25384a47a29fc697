package io.reliablemessage.spring.internal.sending;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Finds the messages of the current transaction, or starts them. */
public final class TransactionRows {

    private final List<DataSource> dataSources;
    private final OutboxStores outboxes;
    private final Preparation preparation;
    private final Completion completion;

    public TransactionRows(
            List<DataSource> dataSources, OutboxStores outboxes, Preparation preparation, Completion completion) {
        this.dataSources = List.copyOf(dataSources);
        this.outboxes = outboxes;
        this.preparation = preparation;
        this.completion = completion;
    }

    /** @throws IllegalStateException there is no transaction that a message could be written in */
    TransactionMessages current() {
        var bound = BoundDataSource.current(dataSources);
        return registered().orElseGet(() -> {
            var started = new TransactionMessages(bound, outboxes, preparation, completion);
            TransactionSynchronizationManager.registerSynchronization(started);
            return started;
        });
    }

    /** Those of this transaction alone: a suspended one keeps its synchronizations. */
    private Optional<TransactionMessages> registered() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(TransactionMessages.class::isInstance)
                .map(TransactionMessages.class::cast)
                .filter(messages -> messages.isOf(completion))
                .findFirst();
    }
}
