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
import java.util.stream.Stream;

/** From an initialized directory to a server that answers. */
final class PostgresStart {

    /** Crash recovery replays up to {@code max_wal_size} (1 GB) first. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A port found free may be taken before the server binds it. */
    private static final int ATTEMPTS = 3;

    interface Result<T> {
        T of(PostgresDirectory directory, Postmaster postmaster, int port);
    }

    private PostgresStart() {}

    /** @param more settings that win over the usual ones, as {@code name=value} */
    static <T> T of(PostgresDirectory directory, PostgresBinaries binaries, List<String> more, Result<T> result) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            var postmaster = Postmaster.start(directory, binaries, settings(port, more));
            if (answers(postmaster, port, directory.password())) {
                return result.of(directory, postmaster, port);
            }
            postmaster.stop();
        }
        throw new IllegalStateException(
                "PostgreSQL did not start in " + directory.root() + ". Its log ends with:\n" + directory.endOfLog());
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    static List<String> settings(int port, List<String> more) {
        var usual = List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=", // sockets in /tmp would outlive a kill, and who may use them is one more
                // question
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
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
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
