package io.reliablemessage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory, the ports and the settings of one node, which stay the same when it starts again.
 *
 * @param password of the user, and Erlang's cookie, which nodes of one cluster have in common and no others
 */
record RabbitMqNode(Path directory, int port, int distributionPort, int epmdPort, String username, String password) {

    static RabbitMqNode inTemporaryDirectory() {
        try (var epmd = freePort()) {
            return make(epmd.getLocalPort(), UUID.randomUUID().toString(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A further node, which joins this one's cluster when it starts for the first time. */
    RabbitMqNode another() {
        try {
            return make(epmdPort, password, """
                    cluster_formation.peer_discovery_backend = classic_config
                    cluster_formation.classic_config.nodes.1 = %s
                    """.formatted(name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RabbitMqNode make(int epmdPort, String password, String settings) throws IOException {
        var directory = Files.createTempDirectory("reliable-message-rabbitmq-").toRealPath();
        Files.writeString(directory.resolve("enabled_plugins"), "[].");
        Files.writeString(directory.resolve("rabbitmq.conf"), """
                default_user = test
                default_pass = %s
                log.console = true
                log.file = false
                %s""".formatted(password, settings));
        var cookie = Files.writeString(directory.resolve(".erlang.cookie"), password);
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------")); // else Erlang refuses it
        try (var amqp = freePort();
                var distribution = freePort()) {
            return new RabbitMqNode(
                    directory, amqp.getLocalPort(), distribution.getLocalPort(), epmdPort, "test", password);
        }
    }

    String name() {
        return "test-%d@localhost".formatted(port);
    }

    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", directory.toString()), // for the Erlang cookie
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(epmdPort)),
                Map.entry("RABBITMQ_NODENAME", name()),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
                Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
                Map.entry("RABBITMQ_PID_FILE", directory.resolve("pid").toString()),
                Map.entry(
                        "RABBITMQ_CONF_ENV_FILE",
                        directory.resolve("no-env.conf").toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq").toString()),
                Map.entry(
                        "RABBITMQ_ADVANCED_CONFIG_FILE",
                        directory.resolve("no-advanced").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        directory.resolve("enabled_plugins").toString()),
                // Makes the start script become the Erlang VM instead of its parent, so that a signal reaches the VM.
                Map.entry("RUNNING_UNDER_SYSTEMD", "true"));
    }

    Path log() {
        return directory.resolve("rabbitmq.log");
    }

    /** Whether the directory survives the end of the node. */
    void keepDirectory(boolean isKept) {
        try {
            var mark = directory.resolve("keep");
            Files.deleteIfExists(mark);
            if (isKept) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets queues, messages and users; the next start begins with nothing. */
    void deleteData() {
        delete(directory.resolve("data"));
    }

    void delete() {
        delete(directory);
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
