package io.reliablemessage.spring;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.test.InMemoryMessageService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * An application with a consumer, its database, the service, a broker, and a network to the service that fails on demand.
 * The effect of a message is a row with its key.
 */
final class ConsumerRig implements AutoCloseable {

    static final String TOPIC = "order.placed";
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger SUBSCRIPTIONS = new AtomicInteger();

    final HikariDataSource pool;
    final FaultyDataSource database;
    final JdbcTemplate jdbc;
    final PlatformTransactionManager manager;
    final InMemoryMessageService service = InMemoryMessageService.start();
    final ServiceProxy network;
    final ReliableMessageClient client;
    final TestQueues queues;
    final RecordedEvents events = new RecordedEvents();
    final String subscription = "points-" + SUBSCRIPTIONS.incrementAndGet();
    final List<String> handled = new CopyOnWriteArrayList<>();
    private final TestBroker broker;
    private final List<AutoCloseable> opened = new ArrayList<>();

    ConsumerRig(TestDatabase database, TestBroker broker) {
        try {
            this.pool = database.newDatabase();
            this.database = new FaultyDataSource(pool);
            this.jdbc = new JdbcTemplate(this.database);
            this.manager = new DataSourceTransactionManager(this.database);
            this.network = new ServiceProxy(service.url());
            this.client = newClient();
            this.broker = broker;
            this.queues = new TestQueues(service, broker.address());
            queues.add(subscription);
            jdbc.execute("CREATE TABLE effects (number VARCHAR(100) NOT NULL)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConsumerRig on(TestDatabase database) {
        return new ConsumerRig(database, TestBroker.EMBEDDED);
    }

    /** The producer registers its topic. */
    ConsumerRig withTopic() {
        service.client("orders").registerTopic(TOPIC, TopicRequest.builder().build());
        return this;
    }

    MessageConsumer.Builder builder() {
        return described(MessageConsumer.builder(client));
    }

    ReliableMessageClient newClient() {
        return ReliableMessageClient.create(
                ClientSettings.of(network.url(), service.apiKey("orders")).withRequestTimeout(Duration.ofSeconds(2)));
    }

    MessageConsumer.Builder builder(CachingConnectionFactory connections) {
        return described(MessageConsumer.builder(client)).connectionFactory(connections);
    }

    /** With everything that all consumers of this application have. */
    MessageConsumer.Builder described(MessageConsumer.Builder builder) {
        return builder.connectionFactory(connections())
                .dataSource(database)
                .transactionManager(manager)
                .listener(events);
    }

    CachingConnectionFactory connections() {
        var connections = broker.address().connections();
        opened.add(connections::destroy);
        return connections;
    }

    /** Starts a consumer, which is closed with this, and waits until it listens. */
    MessageConsumer start(UnaryOperator<MessageConsumer.Builder> described) {
        var consumer = described.apply(builder()).start();
        opened.add(consumer);
        awaitListening(consumer);
        return consumer;
    }

    MessageConsumer start(MessageHandler handler) {
        return start(builder -> builder.listen(TOPIC, subscription, handler));
    }

    static void awaitListening(MessageConsumer consumer) {
        await().atMost(LIMIT)
                .until(() -> consumer.states().stream()
                        .allMatch(state -> state.status() == SubscriptionState.Status.LISTENING));
    }

    /** A handler with the usual effect. */
    void handle(byte[] payload, MessageHead head) {
        handled.add(head.key());
        effect(head);
    }

    void effectOf(byte[] payload, MessageHead head) {
        effect(head);
    }

    void effect(MessageHead head) {
        jdbc.update("INSERT INTO effects (number) VALUES (?)", head.key());
    }

    /** Sends one message; returns its id. */
    String send(String key) {
        return send(List.of(key)).get(0);
    }

    List<String> send(List<String> keys) {
        var requests = keys.stream()
                .map(key -> PrepareRequest.builder(TOPIC, key, Map.of("sku", "sku of " + key, "amount", 2))
                        .id(MessageIds.next())
                        .build())
                .toList();
        return service.client("orders").sendAll(requests, Duration.ofSeconds(5)).stream()
                .map(result -> result.value().orElseThrow().id())
                .toList();
    }

    static List<String> keys(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    List<String> effects() {
        return jdbc.queryForList("SELECT number FROM effects ORDER BY number", String.class);
    }

    int inboxRows() {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM rm_inbox", Integer.class);
        return count == null ? 0 : count;
    }

    MessageView.Delivery delivery(String id) {
        return service.client("orders").get(id).deliveries().get(0);
    }

    /** The states of these messages' deliveries, as the service knows them. */
    Set<DeliveryState> states(List<String> ids) {
        var states = new TreeSet<DeliveryState>();
        ids.forEach(
                id -> service.client("orders").get(id).deliveries().forEach(delivery -> states.add(delivery.state())));
        return states;
    }

    void awaitConsumed(List<String> ids) {
        await().atMost(LIMIT).until(() -> states(ids).equals(Set.of(DeliveryState.CONSUMED)));
    }

    /** So much time passes that the service sends again what nobody has answered. */
    void passTime() {
        service.clock().advance(Duration.ofHours(2));
    }

    /** The number of messages that wait in the queue. */
    int depth() {
        return queues.depth(subscription);
    }

    @Override
    public void close() throws Exception {
        for (var i = opened.size() - 1; i >= 0; i--) {
            if (opened.get(i) instanceof MessageConsumer consumer) {
                consumer.close();
            }
        }
        for (var one : opened) {
            one.close();
        }
        queues.close();
        client.close();
        network.close();
        service.close();
        pool.close();
    }
}
