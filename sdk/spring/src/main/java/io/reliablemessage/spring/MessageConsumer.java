package io.reliablemessage.spring;

import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.internal.listening.AnnotatedListeners;
import io.reliablemessage.spring.internal.listening.CodecReader;
import io.reliablemessage.spring.internal.listening.FailureReports;
import io.reliablemessage.spring.internal.listening.Listening;
import io.reliablemessage.spring.internal.listening.Subscribed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The consumer of an application: it registers subscriptions, listens to their queues, and lets each message take effect
 * once. It starts before or after the service, the broker and the producers. Close it at the end.
 */
public final class MessageConsumer implements AutoCloseable {

    private final Listening listening;

    private MessageConsumer(Listening listening) {
        this.listening = listening;
    }

    /**
     * Describes the consumer of an application.
     *
     * @param client not closed by the consumer
     */
    public static Builder builder(ReliableMessageClient client) {
        return new Builder(client);
    }

    /** Which subscriptions are being consumed, and why others are not. */
    public List<SubscriptionState> states() {
        return listening.states();
    }

    /** Acks and rejections that the service has not taken yet. */
    public int waitingAnswers() {
        return listening.waitingAnswers();
    }

    /**
     * Begins no further message, waits for the handlers at work, and up to five seconds for the service to take their
     * answers. What was not begun returns to its queue; what was not answered comes again, as a duplicate.
     */
    @Override
    public void close() {
        listening.close();
    }

    /** Describes a consumer. Not safe for use by several threads. */
    public static final class Builder {

        private final ReliableMessageClient client;
        private final List<Function<PayloadReader, List<Subscribed>>> listeners = new ArrayList<>();
        private ConsumerSettings settings = ConsumerSettings.DEFAULT;
        private ConsumerListener listener = ConsumerListener.NONE;
        private PayloadReader reader;
        private @Nullable DataSource dataSource;
        private @Nullable PlatformTransactionManager transactions;
        private @Nullable ConnectionFactory connections;

        private Builder(ReliableMessageClient client) {
            this.client = client;
            this.reader = new CodecReader(client.codec());
        }

        /** The database with the table {@code rm_inbox} and the effects of the handlers. */
        public Builder dataSource(DataSource dataSource) {
            this.dataSource = dataSource;
            return this;
        }

        /** The transactions of that database. */
        public Builder transactionManager(PlatformTransactionManager transactions) {
            this.transactions = transactions;
            return this;
        }

        /** The broker; its user needs the right to read the queues, and no other. */
        public Builder connectionFactory(ConnectionFactory connections) {
            this.connections = connections;
            return this;
        }

        public Builder settings(ConsumerSettings settings) {
            this.settings = settings;
            return this;
        }

        public Builder listener(ConsumerListener listener) {
            this.listener = listener;
            return this;
        }

        /** Reads payloads for listener methods; without it, they are bytes, texts, or JSON as maps, lists and values. */
        public Builder payloads(PayloadReader reader) {
            this.reader = reader;
            return this;
        }

        /** A handler without a method of its own, with the annotation's defaults. */
        public Builder listen(String topic, String subscription, MessageHandler handler) {
            return listen(topic, subscription, 1, 10, handler);
        }

        /** A handler with what {@link ReliableListener} says of a method. */
        public Builder listen(
                String topic, String subscription, int concurrency, int prefetch, MessageHandler handler) {
            var subscribed = new Subscribed(topic, subscription, concurrency, prefetch, handler);
            listeners.add(payloads -> List.of(subscribed));
            return this;
        }

        /** All methods of an object that are marked {@link ReliableListener}. */
        public Builder listeners(Object bean) {
            listeners.add(payloads -> annotated(bean, payloads, UnaryOperator.identity()));
            return this;
        }

        /** All such methods of the beans of an application context. */
        public Builder listeners(ReliableListenerFinder finder) {
            listeners.add(payloads -> finder.beans().stream()
                    .flatMap(bean -> annotated(bean, payloads, finder::resolved).stream())
                    .toList());
            return this;
        }

        private static List<Subscribed> annotated(
                Object bean, PayloadReader payloads, UnaryOperator<String> placeholders) {
            var found = new AnnotatedListeners(payloads, placeholders).of(bean);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(bean.getClass().getName() + " has no method with @ReliableListener");
            }
            return found;
        }

        /**
         * Looks at the listeners and the transactions, and starts in the background.
         *
         * @throws IllegalStateException names what is missing or does not fit together
         * @throws IllegalArgumentException names a method that cannot be a listener
         */
        public MessageConsumer start() {
            var subscriptions = listeners.stream()
                    .flatMap(found -> found.apply(reader).stream())
                    .toList();
            check(subscriptions);
            var parts = new Listening.Parts(
                    client,
                    given(dataSource, "a DataSource with the table rm_inbox"),
                    given(transactions, "the transaction manager of its DataSource"),
                    given(connections, "a ConnectionFactory of the broker"),
                    listener,
                    FailureReports.NONE);
            var listening = new Listening(parts, subscriptions, settings);
            listening.start();
            return new MessageConsumer(listening);
        }

        private static void check(List<Subscribed> subscriptions) {
            if (subscriptions.isEmpty()) {
                throw new IllegalStateException("A message consumer needs a listener");
            }
            var names = new HashSet<String>();
            subscriptions.forEach(subscribed -> {
                if (!names.add(subscribed.subscription())) {
                    throw new IllegalStateException(
                            "Two listeners have the subscription %s, and a message would reach one of them: give each its own"
                                    .formatted(subscribed.subscription()));
                }
            });
        }

        private static <T> T given(@Nullable T part, String what) {
            if (part == null) {
                throw new IllegalStateException("A message consumer needs " + what);
            }
            return part;
        }
    }
}
