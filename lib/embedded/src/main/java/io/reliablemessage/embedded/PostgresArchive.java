package io.reliablemessage.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A {@code .txz} of PostgreSQL's programs, unpacked once per user and machine. */
final class PostgresArchive {

    private final byte[] content;

    private PostgresArchive(byte[] content) {
        this.content = content;
    }

    static PostgresArchive read(URL archive) {
        try (var stream = archive.openStream()) {
            return new PostgresArchive(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + archive, e);
        }
    }

    /** Other JVMs may be unpacking the same; the first to finish wins, and nobody sees a half unpacked directory. */
    Path unpacked() {
        try {
            var target = cache().resolve("postgres-" + digest());
            if (Files.exists(target)) {
                return target;
            }
            var unfinished = Files.createTempDirectory(target.getParent(), "unfinished-");
            unpackTo(unfinished);
            try {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Deletion.of(unfinished);
                if (!Files.exists(target)) {
                    throw e;
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack PostgreSQL", e);
        }
    }

    private void unpackTo(Path directory) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(content)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = directory.resolve(entry.getName()).normalize();
                if (!path.startsWith(directory)) {
                    throw new IOException(entry.getName() + " leads out of the archive");
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, path);
            if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true)) {
                throw new IOException("Cannot make executable: " + path);
            }
        } else {
            throw new IOException("Neither file, directory nor symbolic link: " + entry.getName());
        }
    }

    /** Not the shared temporary directory: others could put a program of theirs there first. */
    private static Path cache() throws IOException {
        return OwnerOnly.createDirectories(Path.of(System.getProperty("user.home"), ".cache", "reliable-message"));
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
