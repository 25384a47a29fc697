package io.reliablemessage.testing;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ node of this JVM's own, from the {@code rabbitmq-server} installed on this machine: own directory, own
 * epmd, own ports, all on 127.0.0.1. Ends with the JVM, however that ends.
 *
 * <p>Fault tests {@link #launch} one of their own rather than harm the shared one. Not thread-safe.
 */
public final class LocalRabbitMq implements Broker, AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RabbitMqNode node;
    private final AmqpBroker address;
    private final SupervisedProcess epmd;
    private @Nullable SupervisedProcess server;

    private LocalRabbitMq(RabbitMqNode node, SupervisedProcess epmd) {
        this.node = node;
        this.address = new AmqpBroker("local", "127.0.0.1", node.port(), node.username(), node.password(), "/");
        this.epmd = epmd;
    }

    public static boolean isInstalled() {
        return RabbitMqExecutables.server().isPresent()
                && RabbitMqExecutables.epmd().isPresent();
    }

    /** A new, empty node that is yet to be started. */
    public static LocalRabbitMq stopped() {
        var node = RabbitMqNode.inTemporaryDirectory();
        // Foreground and its own: an epmd that Erlang starts by itself is shared, listens everywhere and never ends.
        var epmd = SupervisedProcess.start(
                List.of(
                        RabbitMqExecutables.epmd().orElseThrow(),
                        "-port",
                        Integer.toString(node.epmdPort()),
                        "-address",
                        "127.0.0.1"),
                Map.of(),
                "TERM",
                node.directory().resolve("epmd.log"),
                null);
        return new LocalRabbitMq(node, epmd);
    }

    /**
     * A further node, yet to be started, of the same cluster; this one must be running when it starts
     * for the first time.
     *
     * <p>They share an epmd: the first {@link #close} ends it, and no node can start afterwards.
     */
    public LocalRabbitMq another() {
        return new LocalRabbitMq(node.another(), epmd);
    }

    /** Starts a new, empty node and returns when it takes connections. */
    public static LocalRabbitMq launch() {
        var rabbitMq = stopped();
        try {
            rabbitMq.start();
            return rabbitMq;
        } catch (RuntimeException e) {
            rabbitMq.close();
            throw e;
        }
    }

    /** Starts the node, or starts it again after {@link #stop} or {@link #kill}: same port, same data. */
    public void start() {
        if (server != null && server.isAlive()) {
            throw new IllegalStateException("The node is running");
        }
        node.keepDirectory(false);
        var starting = SupervisedProcess.start(
                List.of(RabbitMqExecutables.server().orElseThrow()),
                node.environment(),
                "TERM",
                node.log(),
                node.directory());
        server = starting;
        awaitReady(starting);
    }

    /** Stops the node in order; its data stays. */
    public void stop() {
        node.keepDirectory(true);
        if (server != null) {
            server.stop();
        }
    }

    /** Ends the node with SIGKILL, as a power cut would; its data stays. */
    public void kill() {
        node.keepDirectory(true);
        if (server != null) {
            server.kill();
        }
    }

    /**
     * Deletes all that the node, which must be stopped or killed, has on disk; it starts again empty,
     * on the same port.
     */
    public void wipe() {
        if (server != null && server.isAlive()) {
            throw new IllegalStateException("The node is running");
        }
        node.deleteData();
    }

    /**
     * Makes the node persist its list of quorum queues, so that one just declared survives {@link #kill}.
     *
     * <p>RabbitMQ 3.10 does so by itself only after some three seconds. A queue that it has not written down comes back
     * without its messages and without a leader, hangs whoever uses it, and stays so whatever is restarted
     * (rabbitmq-server issues 10070 and 15725); measured here with the plain client: 2 of 4 times, and never after
     * this.
     */
    public void writeDownQueues() {
        ctl("eval", "dets:sync(ra_directory_reverse).");
    }

    /**
     * Runs {@code rabbitmqctl} against the node.
     *
     * @param arguments a command and what belongs to it, such as {@code list_queues name messages}
     * @return what it printed, one row a line, columns separated by tabs
     */
    public String ctl(String... arguments) {
        return RabbitMqCtl.run(node, arguments);
    }

    /** Stops the node and deletes its data. */
    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
        epmd.stop();
        node.delete();
    }

    /** What it is called among the nodes of its cluster. */
    public String name() {
        return node.name();
    }

    @Override
    public String host() {
        return address.host();
    }

    @Override
    public int port() {
        return address.port();
    }

    @Override
    public String username() {
        return address.username();
    }

    @Override
    public String password() {
        return address.password();
    }

    @Override
    public String virtualHost() {
        return address.virtualHost();
    }

    @Override
    public String description() {
        return address.description();
    }

    @Override
    public boolean isRabbitMq() {
        return true;
    }

    private void awaitReady(SupervisedProcess starting) {
        var deadline = Instant.now().plus(START_LIMIT);
        while (!address.answers()) {
            if (!starting.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("RabbitMQ did not start:\n" + log());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while RabbitMQ was starting", e);
            }
        }
    }

    private String log() {
        try {
            return Files.readString(Path.of(node.log().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
