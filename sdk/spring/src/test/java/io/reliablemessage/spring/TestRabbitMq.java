package io.reliablemessage.spring;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.amqp.AmqpException;

/** The RabbitMQ of this JVM, from the installed programs: own directory, own epmd, own ports; ends with the JVM. */
final class TestRabbitMq {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final List<String> FOLDERS = List.of("/usr/lib/rabbitmq/bin", "/usr/sbin", "/usr/local/sbin");

    private final TestBroker.Address address;

    private TestRabbitMq(TestBroker.Address address) {
        this.address = address;
    }

    /** Initialized by the JVM: lazily and once. */
    private static final class Shared {
        static final Optional<TestRabbitMq> SERVER = find("rabbitmq-server", FOLDERS.stream())
                .flatMap(server ->
                        find("epmd", Stream.of("/usr/bin", "/usr/local/bin")).map(epmd -> start(server, epmd)));
    }

    static TestRabbitMq server() {
        return Shared.SERVER.orElseGet(() -> {
            var missing = "rabbitmq-server is not installed";
            return Boolean.parseBoolean(System.getenv("TEST_REQUIRE_RABBITMQ")) ? fail(missing) : abort(missing);
        });
    }

    TestBroker.Address address() {
        return address;
    }

    private static Optional<String> find(String program, Stream<String> folders) {
        return folders.map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static TestRabbitMq start(String server, String epmd) {
        try {
            var directory =
                    Files.createTempDirectory("reliable-message-rabbitmq-").toRealPath();
            var password = UUID.randomUUID().toString();
            int port = freePort();
            int epmdPort = freePort();
            writeSettings(directory, password);
            // Foreground and its own: an epmd that Erlang starts by itself is shared, listens everywhere and never
            // ends.
            SupervisedProcess.start(
                    List.of(epmd, "-port", Integer.toString(epmdPort), "-address", "127.0.0.1"),
                    Map.of(),
                    "TERM",
                    directory.resolve("epmd.log"),
                    null);
            var log = directory.resolve("rabbitmq.log");
            SupervisedProcess.start(
                    List.of(server), environment(directory, port, epmdPort, freePort()), "TERM", log, directory);
            var rabbitMq = new TestRabbitMq(new TestBroker.Address(port, "test", password));
            rabbitMq.awaitStart(log);
            return rabbitMq;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeSettings(Path directory, String password) throws IOException {
        Files.writeString(directory.resolve("enabled_plugins"), "[].");
        Files.writeString(directory.resolve("rabbitmq.conf"), """
                default_user = test
                default_pass = %s
                log.console = true
                log.file = false
                """.formatted(password));
        var cookie = Files.writeString(directory.resolve(".erlang.cookie"), password);
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------")); // else Erlang refuses it
    }

    private static Map<String, String> environment(Path directory, int port, int epmdPort, int distributionPort) {
        return Map.ofEntries(
                Map.entry("HOME", directory.toString()), // for the Erlang cookie
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(epmdPort)),
                Map.entry("RABBITMQ_NODENAME", "sdk-%d@localhost".formatted(port)),
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

    private void awaitStart(Path log) throws IOException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        var connections = address.connections();
        while (true) {
            try {
                connections.createConnection().close();
                connections.destroy();
                return;
            } catch (AmqpException notYet) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("RabbitMQ did not start:\n" + Files.readString(log), notYet);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
