package io.reliablemessage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One JVM per directory. The operating system releases the lock when the JVM dies, so a stale lock file hinders nobody.
 */
final class DirectoryLock implements AutoCloseable {

    /** Beyond the content: Windows would refuse to read what is locked, and the content names the holder. */
    private static final long POSITION = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock on(Path directory) {
        var file = directory.resolve("lock");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isAcquired(channel)) {
                channel.close();
                throw new IllegalStateException(
                        "%s is in use by another process (pid %s). Stop it, or choose another directory."
                                .formatted(directory, Files.readString(file).strip()));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + directory, e);
        }
    }

    private static boolean isAcquired(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(POSITION, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very JVM
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
