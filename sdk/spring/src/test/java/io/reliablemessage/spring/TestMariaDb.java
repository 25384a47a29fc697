package io.reliablemessage.spring;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The MariaDB of this JVM, from the installed programs; ends with it, however it ends. */
final class TestMariaDb {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final AtomicInteger databases = new AtomicInteger();
    private final Path directory;
    private final int port;

    private TestMariaDb(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Initialized by the JVM: lazily and once. */
    private static final class Shared {
        static final Optional<TestMariaDb> SERVER =
                find("mariadbd").flatMap(server -> find("mariadb-install-db").map(install -> start(server, install)));
    }

    static TestMariaDb server() {
        return Shared.SERVER.orElseGet(() -> {
            var missing = "mariadbd and mariadb-install-db are not installed";
            return Boolean.parseBoolean(System.getenv("TEST_REQUIRE_MARIADB")) ? fail(missing) : abort(missing);
        });
    }

    TestDatabase.Address newDatabase() {
        var name = "test_" + databases.incrementAndGet();
        TestDatabase.run(address(""), "CREATE DATABASE " + name);
        return address(name);
    }

    long pid() {
        try {
            return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestDatabase.Address address(String database) {
        return new TestDatabase.Address("jdbc:mariadb://127.0.0.1:" + port + "/" + database, "test", "test");
    }

    private static Optional<String> find(String program) {
        var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        return Stream.concat(Arrays.stream(path), Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static TestMariaDb start(String server, String install) {
        try {
            var directory =
                    Files.createTempDirectory("reliable-message-mariadb-").toRealPath();
            var data = directory.resolve("data");
            var log = directory.resolve("log");
            var user = System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.<String>of();
            run(log, command(user, install, "--no-defaults", "--datadir=" + data, "--skip-test-db"));
            var mariadb = new TestMariaDb(directory, freePort());
            SupervisedProcess.start(
                    mariadb.command(user, server, data, accounts(directory)), Map.of(), "KILL", log, directory);
            mariadb.awaitStart(log);
            return mariadb;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(List<String> user, String server, Path data, Path accounts) {
        return command(
                user,
                server,
                "--no-defaults",
                "--datadir=" + data,
                "--init-file=" + accounts,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--skip-name-resolve",
                "--max-connections=300",
                "--innodb-buffer-pool-size=64M",
                "--innodb-flush-log-at-trx-commit=0",
                // neither the JVM's zone nor UTC
                "--default-time-zone=-09:30");
    }

    private static List<String> command(List<String> user, String program, String... arguments) {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        command.addAll(user);
        return command;
    }

    private static Path accounts(Path directory) throws IOException {
        return Files.writeString(directory.resolve("accounts.sql"), """
                CREATE USER test@'127.0.0.1' IDENTIFIED BY 'test';
                GRANT ALL ON *.* TO test@'127.0.0.1';
                """);
    }

    private static void run(Path log, List<String> command) throws IOException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitStart(Path log) throws IOException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        var address = address("");
        while (true) {
            try (var connection = DriverManager.getConnection(address.url(), address.username(), address.password())) {
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("MariaDB did not start:\n" + Files.readString(log), notYet);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
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
