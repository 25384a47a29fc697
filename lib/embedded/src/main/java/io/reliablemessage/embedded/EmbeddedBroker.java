package io.reliablemessage.embedded;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.logging.NullMessageLogger;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.SystemConfig;

/**
 * An AMQP 0-9-1 broker in this JVM, on 127.0.0.1 and a free port, which forgets everything when it closes.
 *
 * <p>Not quite RabbitMQ: {@code x-*} arguments of queues are accepted and ignored, and an unroutable mandatory
 * publish on a channel with confirms is nacked instead of returned and acked. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String USERNAME = "embedded";

    private final SystemLauncher launcher;
    private final int port;
    private final String password;

    private EmbeddedBroker(SystemLauncher launcher, int port, String password) {
        this.launcher = launcher;
        this.port = port;
        this.password = password;
    }

    public static EmbeddedBroker start() {
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
            launcher.startup(settings(password));
            return new EmbeddedBroker(launcher, boundPort(Objects.requireNonNull(started.get())), password);
        } catch (Exception | LinkageError e) {
            launcher.shutdown(); // its threads are no daemons
            throw new IllegalStateException("The embedded broker did not start", e);
        }
    }

    public int port() {
        return port;
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

    private static Map<String, Object> settings(String password) {
        var configuration = EmbeddedBroker.class.getResource("broker.json");
        if (configuration == null) {
            throw new IllegalStateException("broker.json is missing beside " + EmbeddedBroker.class);
        }
        var context = new HashMap<String, String>();
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
    private static int boundPort(SystemConfig<?> systemConfig) {
        Broker<?> broker = systemConfig.getContainer(Broker.class);
        return broker.getPorts().iterator().next().getBoundPort();
    }

    private static String generatedPassword() {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
