package io.reliablemessage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server, held by a lock: {@code cluster/} (PostgreSQL's own), {@code password},
 * {@code postgres.log}, {@code lock}.
 */
final class PostgresDirectory implements AutoCloseable {

    static final String USERNAME = "postgres";

    private final Path root;
    private final boolean isTemporary;
    private final DirectoryLock lock;

    private PostgresDirectory(Path root, boolean isTemporary) {
        this.root = root;
        this.isTemporary = isTemporary;
        this.lock = DirectoryLock.on(root);
    }

    static PostgresDirectory kept(Path directory) {
        try {
            // Real and absolute, since processes of another working directory must recognize it.
            return new PostgresDirectory(
                    Files.createDirectories(directory.toAbsolutePath()).toRealPath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + directory, e);
        }
    }

    static PostgresDirectory temporary() {
        try {
            return new PostgresDirectory(
                    Files.createTempDirectory("reliable-message-postgres-").toRealPath(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path cluster() {
        return root.resolve("cluster");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    /** What to delete once the server has stopped. */
    @Nullable
    Path litter() {
        return isTemporary ? root : null;
    }

    /** Whether a temporary directory survives the end of the server. */
    void keep(boolean isKept) {
        try {
            var mark = root.resolve("keep");
            Files.deleteIfExists(mark);
            if (isKept) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty cluster unless there is one; an interrupted initialization is begun anew. */
    void initialize(PostgresBinaries binaries) {
        if (Files.exists(cluster())) {
            return;
        }
        var unfinished = root.resolve("cluster.unfinished");
        try {
            Deletion.of(unfinished);
            writePassword();
            binaries.run(
                    "initdb",
                    List.of(
                            "--pgdata=" + unfinished,
                            "--username=" + USERNAME,
                            "--pwfile=" + passwordFile(),
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--no-locale",
                            isTemporary ? "--no-sync" : "--data-checksums"),
                    log());
            Files.move(unfinished, cluster(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not initialize " + root, e);
        }
    }

    String password() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endOfLog() {
        try {
            var lines = new String(Files.readAllBytes(log()), UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void close() {
        lock.close();
        if (isTemporary) {
            Deletion.of(root);
        }
    }

    private void writePassword() throws IOException {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(passwordFile());
        OwnerOnly.createFile(passwordFile());
        Files.writeString(passwordFile(), HexFormat.of().formatHex(secret));
    }

    private Path passwordFile() {
        return root.resolve("password");
    }
}
