package io.reliablemessage.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.test.InMemoryMessageService;
import io.reliablemessage.test.SentMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An application with a producer, its database, the service, and a network between them that fails on demand. Each order
 * is a row of its own table and sends one message with the order's number as key.
 */
final class ProducerRig implements AutoCloseable {

    static final String TOPIC = "order.placed";
    static final String SECRET = "whsec_x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF+gH/iJkLmNo=";
    private static final Duration QUIET = Duration.ofSeconds(40);

    final HikariDataSource pool;
    final FaultyDataSource database;
    final InMemoryMessageService service = InMemoryMessageService.start();
    final ServiceProxy network;
    final ReliableMessageClient client;
    final MessageProducer producer;
    final ReliableMessages messages;
    final DataSourceTransactionManager manager;
    final TransactionTemplate transaction;
    final JdbcTemplate jdbc;
    private final HttpServer checks;

    ProducerRig(HikariDataSource pool, UnaryOperator<ProducerSettings> settings) {
        try {
            this.pool = pool;
            this.database = new FaultyDataSource(pool);
            this.network = new ServiceProxy(service.url());
            service.subscribe("points", TOPIC, "orders");
            this.client = ReliableMessageClient.create(ClientSettings.of(network.url(), service.apiKey("orders"))
                    .withRequestTimeout(Duration.ofSeconds(2)));
            this.manager = new DataSourceTransactionManager(database);
            this.transaction = new TransactionTemplate(manager);
            this.jdbc = new JdbcTemplate(database);
            jdbc.execute("CREATE TABLE orders (number VARCHAR(100) PRIMARY KEY)");
            this.producer = MessageProducer.builder(client)
                    .dataSource(database)
                    .settings(settings.apply(ProducerSettings.DEFAULT.withCheckSecrets(List.of(SECRET))))
                    .transactionManager(manager)
                    .start();
            this.messages = producer.messages();
            this.checks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            checks.createContext("/check", this::check);
            checks.start();
            service.client("orders")
                    .registerApplication(ApplicationRequest.builder()
                            .checkUrl("http://127.0.0.1:" + checks.getAddress().getPort() + "/check")
                            .checkSecret(SECRET)
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProducerRig on(TestDatabase database) {
        return new ProducerRig(database.newDatabase(), settings -> settings);
    }

    static ProducerRig on(TestDatabase database, UnaryOperator<ProducerSettings> settings) {
        return new ProducerRig(database.newDatabase(), settings);
    }

    private void check(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            var reply = producer.checkEndpoint()
                    .answer(headers, exchange.getRequestBody().readAllBytes());
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    /** In the current transaction: the business action and its message. Returns the message's id. */
    String place(String number) {
        save(number);
        return messages.send(TOPIC, number, Map.of("order", number));
    }

    void save(String number) {
        jdbc.update("INSERT INTO orders (number) VALUES (?)", number);
    }

    Set<String> orders() {
        return new TreeSet<>(jdbc.queryForList("SELECT number FROM orders", String.class));
    }

    /** The keys of the messages that the service delivers. */
    Set<String> delivered() {
        return service.sent().confirmed().list().stream()
                .map(SentMessage::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    int rows(String state) {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM rm_outbox WHERE state = ?", Integer.class, state);
        return count == null ? 0 : count;
    }

    /** Rows that wait are due now, as after a while. */
    void hurry() {
        jdbc.update("UPDATE rm_outbox SET next_at = created_at WHERE state = 'WAITING'");
    }

    /** Heals everything, lets the sweep and the check-backs do their work, and waits until nothing is left to do. */
    void settle() {
        network.heal();
        service.recover();
        Awaitility.await().atMost(QUIET).pollInterval(Duration.ofMillis(200)).until(() -> {
            hurry();
            service.sent().pending().list().forEach(message -> checkBack(message.id()));
            return rows("WAITING") == 0 && service.sent().pending().list().isEmpty();
        });
    }

    private void checkBack(String id) {
        try {
            service.checkBack(id);
        } catch (IllegalStateException decidedMeanwhile) {
            // by the background work, which goes on
        }
    }

    @Override
    public void close() {
        producer.close();
        checks.stop(0);
        client.close();
        network.close();
        service.close();
        pool.close();
    }
}
