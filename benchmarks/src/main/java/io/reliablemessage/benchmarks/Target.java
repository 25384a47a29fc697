package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.QUEUE_TYPE;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service to be measured, with a database, a topic and a queue of its own. */
final class Target implements AutoCloseable {

    static final String TOPIC = "order.placed";
    static final String SUBSCRIPTION = "points";

    private final Servers servers;
    private final String database;
    private final ServiceProcess process;
    private final String producerKey;
    private final String consumerKey;
    private final String operatorKey;
    private final String queue;

    private Target(
            Servers servers,
            String database,
            ServiceProcess process,
            String producerKey,
            String consumerKey,
            String operatorKey) {
        this.servers = servers;
        this.database = database;
        this.process = process;
        this.producerKey = producerKey;
        this.consumerKey = consumerKey;
        this.operatorKey = operatorKey;
        try (var producer = producer();
                var consumer = consumer()) {
            producer.registerTopic(
                    TOPIC, TopicRequest.builder().consumers(List.of("consumer")).build());
            this.queue = consumer.registerSubscription(
                            SUBSCRIPTION, SubscriptionRequest.builder(TOPIC).build())
                    .queue();
        }
    }

    static Target start(Servers servers, Options options, String name, Map<String, String> settings) {
        var database = name.replace('-', '_');
        servers.postgres().createDatabase(database);
        var producerKey = newKey();
        var consumerKey = newKey();
        var operatorKey = newKey();
        var all = new LinkedHashMap<String, String>();
        all.put("server.address", "127.0.0.1");
        all.put("spring.datasource.url", servers.postgres().url(database));
        all.put("spring.datasource.username", servers.postgres().username());
        all.put("spring.rabbitmq.host", servers.rabbitMq().host());
        all.put("spring.rabbitmq.port", Integer.toString(servers.rabbitMq().port()));
        all.put("spring.rabbitmq.username", servers.rabbitMq().username());
        all.put("spring.rabbitmq.virtual-host", servers.rabbitMq().virtualHost());
        all.put("message-service.publishing.queue-prefix", name + ".");
        all.put("message-service.publishing.queue-type", options.text(QUEUE_TYPE));
        all.putAll(settings);
        var process = ServiceProcess.start(options, all, secrets(servers, producerKey, consumerKey, operatorKey));
        return new Target(servers, database, process, producerKey, consumerKey, operatorKey);
    }

    /** By environment: arguments are everybody's to read. */
    private static Map<String, String> secrets(
            Servers servers, String producerKey, String consumerKey, String operatorKey) {
        var applications = "MESSAGESERVICE_REGISTRY_APPLICATIONS_";
        var secrets = new LinkedHashMap<String, String>();
        secrets.put("SPRING_DATASOURCE_PASSWORD", servers.postgres().password());
        secrets.put("SPRING_RABBITMQ_PASSWORD", servers.rabbitMq().password());
        var keys = List.of(
                List.of("producer", producerKey, "PRODUCER"),
                List.of("consumer", consumerKey, "CONSUMER"),
                List.of("operator", operatorKey, "OPERATOR,VIEWER"));
        for (var place = 0; place < keys.size(); place++) {
            secrets.put(applications + place + "_NAME", keys.get(place).get(0));
            secrets.put(applications + place + "_KEYS_0_VALUE", keys.get(place).get(1));
            secrets.put(applications + place + "_KEYS_0_ROLES", keys.get(place).get(2));
        }
        return secrets;
    }

    private static String newKey() {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    ReliableMessageClient producer() {
        return client(producerKey);
    }

    ReliableMessageClient consumer() {
        return client(consumerKey);
    }

    private ReliableMessageClient client(String key) {
        return ReliableMessageClient.create(ClientSettings.of(address(), key));
    }

    int port() {
        return process.port();
    }

    String producerKey() {
        return producerKey;
    }

    String consumerKey() {
        return consumerKey;
    }

    String operatorKey() {
        return operatorKey;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    Connection connection() throws SQLException {
        var postgres = servers.postgres();
        return DriverManager.getConnection(postgres.url(database), postgres.username(), postgres.password());
    }

    String queue() {
        return queue;
    }

    ServiceProcess process() {
        return process;
    }

    Ledger ledger() throws SQLException {
        return new Ledger(servers, database);
    }

    @Override
    public void close() throws SQLException {
        process.close();
        try (var server = new Ledger(servers, "postgres")) {
            server.drop(database);
        }
    }
}
