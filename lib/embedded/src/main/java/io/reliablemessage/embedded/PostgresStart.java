package io.reliablemessage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a server in an initialized directory and waits until it answers. */
final class PostgresStart {

    /** Crash recovery replays up to {@code max_wal_size} (1 GB) first. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A port found free may be taken before the server binds it. */
    private static final int ATTEMPTS = 3;

    private final PostgresDirectory directory;
    private final PostgresBinaries binaries;
    private final List<String> settings;

    /** @param settings that override the defaults, as {@code name=value} */
    PostgresStart(PostgresDirectory directory, PostgresBinaries binaries, List<String> settings) {
        this.directory = directory;
        this.binaries = binaries;
        this.settings = settings;
    }

    record Started(Postmaster postmaster, int port) {}

    Started onFreePort() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            var postmaster = on(port);
            if (postmaster.isPresent()) {
                return new Started(postmaster.get(), port);
            }
        }
        throw failed();
    }

    /**
     * On the port it had. A killed server's last child may still be about to notice, and holds the
     * directory until then.
     */
    Postmaster again(int port) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var postmaster = on(port);
            if (postmaster.isPresent()) {
                return postmaster.get();
            }
            pause(Duration.ofSeconds(1));
        }
        throw failed();
    }

    private Optional<Postmaster> on(int port) {
        var postmaster = Postmaster.start(directory, binaries, settings(port, settings));
        if (answers(postmaster, port, directory.password())) {
            return Optional.of(postmaster);
        }
        postmaster.stop();
        return Optional.empty();
    }

    private IllegalStateException failed() {
        return new IllegalStateException(
                "PostgreSQL did not start in " + directory.root() + ". Its log ends with:\n" + directory.endOfLog());
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    static List<String> settings(int port, List<String> more) {
        var usual = List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                // No sockets: in /tmp they would outlive a kill, and would need access rules of their own.
                "unix_socket_directories=",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "shared_buffers=96MB",
                "max_connections=100",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=off");
        return Stream.concat(usual.stream(), more.stream()).toList(); // of two, PostgreSQL takes the last
    }

    private static boolean answers(Postmaster postmaster, int port, String password) {
        var deadline = Instant.now().plus(LIMIT);
        while (postmaster.isAlive() && Instant.now().isBefore(deadline)) {
            try (var connection =
                    DriverManager.getConnection(url(port, "postgres"), PostgresDirectory.USERNAME, password)) {
                return connection.isValid(5);
            } catch (SQLException e) {
                pause(PAUSE);
            }
        }
        return false;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL was starting", e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
