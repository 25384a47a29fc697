package io.reliablemessage.spring;

import io.reliablemessage.client.CurrentTrace;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.internal.fence.Fence;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import io.reliablemessage.spring.internal.sending.OutboxStores;
import io.reliablemessage.spring.internal.sending.Preparation;
import io.reliablemessage.spring.internal.sending.TransactionRows;
import io.reliablemessage.spring.internal.sending.TransactionalSender;
import io.reliablemessage.spring.internal.settling.Retention;
import io.reliablemessage.spring.internal.settling.Settling;
import io.reliablemessage.spring.internal.store.Stores;
import io.reliablemessage.spring.internal.store.TableNames;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The producer of an application: {@link #messages()} for its code, {@link #checkEndpoint()} for the service's check-backs,
 * and the threads that settle what transactions leave to do. One per application; close it at the end.
 */
public final class MessageProducer implements AutoCloseable {

    private final ReliableMessages messages;
    private final CheckEndpoint checkEndpoint;
    private final Settling settling;
    private final StoreWatch stores;

    private MessageProducer(
            ReliableMessages messages, CheckEndpoint checkEndpoint, Settling settling, StoreWatch stores) {
        this.messages = messages;
        this.checkEndpoint = checkEndpoint;
        this.settling = settling;
        this.stores = stores;
    }

    /** @param client not closed by the producer */
    public static Builder builder(ReliableMessageClient client) {
        return new Builder(client);
    }

    public ReliableMessages messages() {
        return messages;
    }

    public CheckEndpoint checkEndpoint() {
        return checkEndpoint;
    }

    /** Ends the background work, within five seconds; what is left is found at the next start, or by another replica. */
    @Override
    public void close() {
        stores.close();
        settling.close();
    }

    /** Describes a producer. Not safe for use by several threads. */
    public static final class Builder {

        private final ReliableMessageClient client;
        private final List<DataSource> dataSources = new ArrayList<>();
        private ProducerSettings settings = ProducerSettings.DEFAULT;
        private ProducerListener listener = ProducerListener.NONE;
        private CurrentTrace currentTrace = CurrentTrace.NONE;
        private @Nullable PlatformTransactionManager transactions;

        private Builder(ReliableMessageClient client) {
            this.client = client;
        }

        /** A database with the tables, at least one; the same DataSource that the transaction manager has. */
        public Builder dataSource(DataSource dataSource) {
            dataSources.add(dataSource);
            return this;
        }

        public Builder settings(ProducerSettings settings) {
            this.settings = settings;
            return this;
        }

        public Builder listener(ProducerListener listener) {
            this.listener = listener;
            return this;
        }

        /** Messages are sent in the trace of the thread that calls {@code send}. */
        public Builder currentTrace(CurrentTrace currentTrace) {
            this.currentTrace = currentTrace;
            return this;
        }

        /** For {@link ReliableMessages#inTransaction}. */
        public Builder transactionManager(PlatformTransactionManager transactions) {
            this.transactions = transactions;
            return this;
        }

        /**
         * Looks at the databases and starts the background work.
         *
         * @throws IllegalStateException two databases have one store id; no database was given
         */
        public MessageProducer start() {
            if (dataSources.isEmpty()) {
                throw new IllegalStateException("A message producer needs a DataSource with the table rm_outbox");
            }
            var tables = new TableNames(settings.tablePrefix());
            var stores = new Stores(dataSources, tables, listener);
            stores.refresh();
            var fence = new Fence();
            var settling = new Settling(
                    client,
                    new RowRequests(client.codec()),
                    stores::all,
                    fence::rule,
                    new Retention(settings.keepPayload(), settings.keepId()),
                    listener);
            settling.start();
            var preparation = new Preparation(client, settings.fallback(), settings.prepareTimeout());
            var rows = new TransactionRows(
                    dataSources, new OutboxStores(tables), preparation, new SettledAfterwards(settling, stores));
            var sender = new TransactionalSender(rows, client, currentTrace);
            return new MessageProducer(
                    new ReliableMessages(sender, settings.mode(), transactions),
                    new CheckEndpoint(stores, settings.checkSecrets(), client.codec(), listener, Clock.systemUTC()),
                    settling,
                    StoreWatch.start(stores));
        }
    }
}
