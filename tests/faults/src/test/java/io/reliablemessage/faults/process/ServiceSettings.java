package io.reliablemessage.faults.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.reliablemessage.faults.load.TestApplication;
import io.reliablemessage.testing.Broker;
import io.reliablemessage.testing.PostgresServer.Database;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of a message-service and its workers. */
public final class ServiceSettings {

    /** On loopback, where nobody listens. */
    public static final int NOBODY = 9;

    public static final String SECRET = "whsec_" + base64("0123456789abcdefghijklmnopqrstuv");

    private ServiceSettings() {}

    /** @param nodes of one broker */
    public static Map<String, Object> of(Database database, List<? extends Broker> nodes, String queuePrefix) {
        var broker = nodes.getFirst();
        var all = withoutBroker(database);
        all.put(
                "spring.rabbitmq.addresses",
                nodes.stream().map(node -> node.host() + ":" + node.port()).collect(joining(",")));
        all.put("spring.rabbitmq.username", broker.username());
        all.put("spring.rabbitmq.password", broker.password());
        all.put("spring.rabbitmq.virtual-host", broker.virtualHost());
        all.put("message-service.publishing.queue-prefix", queuePrefix);
        return all;
    }

    public static Map<String, Object> withoutBroker(Database database) {
        var all = new LinkedHashMap<String, Object>();
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.username());
        all.put("spring.datasource.password", database.password());
        all.put("spring.datasource.hikari.maximum-pool-size", 8);
        all.put(
                "message-service.database.call-timeout",
                "20s"); // a build machine may be slower than callers are patient
        all.put("spring.rabbitmq.host", "127.0.0.1");
        all.put("spring.rabbitmq.port", NOBODY);
        all.put("spring.rabbitmq.username", "nobody");
        all.put("logging.level.io.reliablemessage", "info");
        all.putAll(TestApplication.settings());
        return all;
    }

    /** Allows check-backs on loopback, with intervals shorter than by default, so that tests can wait for them. */
    public static Map<String, Object> checkbacks(Duration deadline, Duration lease, Duration longestWait) {
        return Map.of(
                "message-service.checkback.deadline", deadline.toString(),
                "message-service.checkback.lease", lease.toString(),
                "message-service.checkback.max-interval", longestWait.toString(),
                "message-service.checkback.max-back-off", "2s",
                "message-service.registry.allowed-addresses[0]", "127.0.0.1",
                "message-service.registry.secret-keys[0].id", "one",
                "message-service.registry.secret-keys[0].value", base64("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
    }

    /** @param application status-checker or recovery-job */
    public static Map<String, Object> ofWorker(String application, URI service) {
        return Map.of(
                application + ".service-url",
                service.toString(),
                application + ".api-key",
                TestApplication.OPERATIONS.key(),
                "status-checker.allowed-addresses[0]",
                "127.0.0.1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
