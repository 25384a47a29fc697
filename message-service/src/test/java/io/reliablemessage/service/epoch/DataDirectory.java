package io.reliablemessage.service.epoch;

import io.reliablemessage.embedded.EmbeddedPostgres;
import io.reliablemessage.testing.PostgresServer.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Objects;

/** A PostgreSQL of this test's own, whose data directory is copied away and put back while nobody runs on it. */
final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final EmbeddedPostgres postgres;

    /** @param version 15 or 18 */
    DataDirectory(Path root, String version) {
        this.root = root;
        postgres = version.equals("18")
                ? EmbeddedPostgres.keptIn(root)
                : EmbeddedPostgres.keptIn(
                        root, Objects.requireNonNull(getClass().getResource("/postgres-%s.txz".formatted(version))));
        postgres.createDatabase("ledger");
    }

    Database database() {
        return new Database("ledger", postgres.url("ledger"), postgres.username(), postgres.password());
    }

    /** A copy as a storage snapshot makes it: of all files at one moment. */
    void snapshot() {
        postgres.kill();
        copy(cluster(), copy());
        postgres.startAgain();
    }

    /** The same cluster and the same timeline, at the moment of the snapshot. */
    void putBack() {
        postgres.kill();
        replace();
        postgres.startAgain();
    }

    /** Puts the copy back for archive recovery, as a base backup is, so that PostgreSQL begins another timeline. */
    void recover() {
        postgres.kill();
        replace();
        try {
            Files.createFile(cluster().resolve("recovery.signal"));
            Files.writeString(
                    cluster().resolve("postgresql.conf"),
                    "\nrestore_command = 'false'\nrecovery_target_action = 'promote'\n",
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        postgres.startAgain();
    }

    private void replace() {
        delete(cluster());
        copy(copy(), cluster());
    }

    private Path cluster() {
        return root.resolve("cluster");
    }

    private Path copy() {
        return root.resolve("copy");
    }

    @Override
    public void close() {
        postgres.close();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    return copied(directory);
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    return copied(file);
                }

                private FileVisitResult copied(Path path) throws IOException {
                    Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
