package io.reliablemessage.embedded;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.logging.NullMessageLogger;
import org.apache.qpid.server.model.AccessControlProvider;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.User;

/**
 * An AMQP 0-9-1 broker in this JVM, on 127.0.0.1, which forgets everything when it closes.
 *
 * <p>Not quite RabbitMQ: {@code x-*} arguments of queues are accepted and ignored, and an unroutable mandatory
 * publish on a channel with confirms is nacked instead of returned and acked. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String USERNAME = "embedded";

    private final SystemLauncher launcher;
    private final Broker<?> broker;
    private final String password;

    private EmbeddedBroker(SystemLauncher launcher, Broker<?> broker, String password) {
        this.launcher = launcher;
        this.broker = broker;
        this.password = password;
    }

    /** On a free port. */
    public static EmbeddedBroker start() {
        return start(0);
    }

    /**
     * Starts it on a port.
     *
     * @param port 0: a free one
     */
    public static EmbeddedBroker start(int port) {
        var password = generatedPassword();
        var started = new AtomicReference<SystemConfig<?>>();
        var launcher = new SystemLauncher(new DefaultSystemLauncherListener() {
            @Override
            public void onContainerResolve(SystemConfig<?> systemConfig) {
                // It logs every connection and queue at INFO; in a test or a demonstration that is noise.
                systemConfig.getEventLogger().setMessageLogger(new NullMessageLogger());
                started.set(systemConfig);
            }
        });
        try {
            launcher.startup(settings(port, password));
            return new EmbeddedBroker(launcher, broker(Objects.requireNonNull(started.get())), password);
        } catch (Exception | LinkageError e) {
            launcher.shutdown(); // its threads are no daemons
            throw new IllegalStateException("The embedded broker did not start", e);
        }
    }

    /**
     * Adds a user that may read some queues, and nothing else. To be called once.
     *
     * @param queues names; one that ends with * stands for all that begin so
     */
    public void addReader(String username, String password, List<String> queues) {
        var rules = new ArrayList<Map<String, Object>>();
        rules.add(allowed(USERNAME, "ALL", "ALL", Map.of()));
        rules.add(allowed(username, "VIRTUALHOST", "ACCESS", Map.of()));
        for (var queue : queues) {
            rules.add(allowed(username, "QUEUE", "CONSUME", Map.of("NAME", queue)));
        }
        // The user first: with the rules in force, nobody may add one.
        broker.getAuthenticationProviders()
                .iterator()
                .next()
                .createChild(
                        User.class, new HashMap<>(Map.of("name", username, "type", "managed", "password", password)));
        broker.createChild(
                AccessControlProvider.class,
                new HashMap<>(
                        Map.of("name", "rights", "type", "RuleBased", "defaultResult", "DENIED", "rules", rules)));
    }

    public int port() {
        return broker.getPorts().iterator().next().getBoundPort();
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return password;
    }

    public String virtualHost() {
        return "/";
    }

    @Override
    public void close() {
        launcher.shutdown();
    }

    private static Map<String, Object> allowed(
            String user, String objectType, String operation, Map<String, String> attributes) {
        return Map.of(
                "identity", user,
                "objectType", objectType,
                "operation", operation,
                "attributes", attributes,
                "outcome", "ALLOW");
    }

    private static Map<String, Object> settings(int port, String password) {
        var configuration = EmbeddedBroker.class.getResource("broker.json");
        if (configuration == null) {
            throw new IllegalStateException("broker.json is missing beside " + EmbeddedBroker.class);
        }
        var context = new HashMap<String, String>();
        context.put("embedded.port", Integer.toString(port));
        context.put("embedded.username", USERNAME);
        context.put("embedded.password", password);
        // Otherwise x-queue-type, which every RabbitMQ understands, closes the channel.
        context.put("queue.behaviourOnUnknownDeclareArgument", "IGNORE");
        return Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                configuration.toExternalForm(),
                "startupLoggedToSystemOut",
                false,
                "context",
                context);
    }

    @SuppressWarnings("unchecked") // Class<Broker> cannot say Broker<?>, which is what getContainer asks for
    private static Broker<?> broker(SystemConfig<?> systemConfig) {
        return systemConfig.getContainer(Broker.class);
    }

    private static String generatedPassword() {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
