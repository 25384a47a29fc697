package io.reliablemessage.service;

import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.testing.Broker;
import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.PostgresServer.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A message-service as its users know it: its own process context, a real database, a real broker, a port.
 *
 * <p>Most tests share one; those that stop, break or configure it start their own.
 */
public final class Service implements AutoCloseable {

    private static final Shared SHARED = new Shared();

    private final ConfigurableApplicationContext context;
    private final Database database;
    private final Broker broker;
    private final String queuePrefix;

    private Service(ConfigurableApplicationContext context, Database database, Broker broker, String queuePrefix) {
        this.context = context;
        this.database = database;
        this.broker = broker;
        this.queuePrefix = queuePrefix;
    }

    public static synchronized Service shared() {
        return SHARED.get();
    }

    /** A service with a database of its own. */
    public static Service start(Map<String, Object> settings) {
        return start(Infrastructure.postgres().newDatabase(), Infrastructure.broker(), newPrefix(), settings);
    }

    public static Service start(Broker broker, Map<String, Object> settings) {
        return start(Infrastructure.postgres().newDatabase(), broker, newPrefix(), settings);
    }

    public static Service start(Database database, Map<String, Object> settings) {
        return start(database, Infrastructure.broker(), newPrefix(), settings);
    }

    /** Another replica of this service. */
    public Service replica() {
        return replica(Map.of());
    }

    public Service replica(Map<String, Object> settings) {
        return start(database, broker, queuePrefix, settings);
    }

    private static String newPrefix() {
        return "t%s.".formatted(UUID.randomUUID().toString().substring(0, 8));
    }

    private static Service start(Database database, Broker broker, String queuePrefix, Map<String, Object> settings) {
        var all = settings(database, broker, queuePrefix);
        all.putAll(settings);
        var arguments = new ArrayList<String>();
        all.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
        var context = MessageServiceApplication.application().run(arguments.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(20)).until(context.getBean(Publishing.class)::accepts);
        return new Service(context, database, broker, queuePrefix);
    }

    /** Settings that any tested service needs. */
    public static Map<String, Object> settings(Database database, Broker broker, String queuePrefix) {
        var all = new LinkedHashMap<String, Object>();
        all.put("server.port", 0);
        all.put("server.address", "127.0.0.1");
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.username());
        all.put("spring.datasource.password", database.password());
        all.put("spring.datasource.hikari.maximum-pool-size", 8);
        all.put(
                "message-service.database.call-timeout",
                "20s"); // a build machine may be slower than callers are patient
        all.put("message-service.database.lock-timeout", "20s");
        all.put("message-service.checkback.probe-interval", "0s"); // tests count what is asked
        all.put("message-service.registry.max-topics", 100_000); // all tests share a few applications
        all.put("message-service.registry.max-subscriptions", 100_000);
        all.put("spring.rabbitmq.host", broker.host());
        all.put("spring.rabbitmq.port", broker.port());
        all.put("spring.rabbitmq.username", broker.username());
        all.put("spring.rabbitmq.password", broker.password());
        all.put("spring.rabbitmq.virtual-host", broker.virtualHost());
        all.put("message-service.publishing.queue-prefix", queuePrefix);
        all.putAll(keys());
        return all;
    }

    private static Map<String, Object> keys() {
        var settings = new LinkedHashMap<String, Object>();
        var number = 0;
        for (var application :
                List.of("shop", "rival", "points", "stranger", "operations", "console", "giant", "auditor")) {
            var at = "message-service.registry.applications[%d].".formatted(number++);
            settings.put(at + "name", application);
            var of = java.util.Arrays.stream(Key.values())
                    .filter(key -> key.application().equals(application))
                    .toList();
            for (var i = 0; i < of.size(); i++) {
                settings.put(at + "keys[%d].value".formatted(i), of.get(i).value());
                settings.put(at + "keys[%d].roles".formatted(i), of.get(i).roles());
                if (of.get(i) == Key.EXPIRED) {
                    settings.put(at + "keys[%d].expires-at".formatted(i), "2026-01-01T00:00:00Z");
                }
            }
        }
        return settings;
    }

    public Api as(Key key) {
        return new Api(address(), key.value());
    }

    public Api asNobody() {
        return new Api(address(), null);
    }

    public String address() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return "http://127.0.0.1:" + java.util.Objects.requireNonNull(server).getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> java.util.Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    public Database database() {
        return database;
    }

    public Broker broker() {
        return broker;
    }

    /** A new topic of {@link Key#PRODUCER} with one subscription of {@link Key#CONSUMER}. */
    public MessageFlow newRoute() {
        return MessageFlow.register(this);
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Shared {
        private @org.jspecify.annotations.Nullable Service service;

        Service get() {
            if (service == null) {
                service = start(Map.of());
            }
            return service;
        }
    }
}
