package io.reliablemessage.quickstart.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The locked data directory, for one quickstart at a time. The operating system releases the lock of a killed one. */
record DataDirectory(Path path, FileChannel lock) implements AutoCloseable {

    /** Beyond the content: Windows would refuse to read what is locked, and the content names the holder. */
    private static final long POSITION = Long.MAX_VALUE - 1;

    static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            var file = path.resolve("lock");
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isAcquired(channel)) {
                channel.close();
                throw new StartupFailure(
                        "a quickstart is running on %s already (pid %s). Stop it, or choose another directory with the property quickstart.data (environment variable QUICKSTART_DATA)."
                                .formatted(path, Files.readString(file).strip()));
            }
            channel.truncate(0);
            var pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw new StartupFailure(
                    "the directory %s cannot be used (%s). Choose another with the property quickstart.data."
                            .formatted(path, e),
                    e);
        }
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path keys() {
        return ApiKeys.fileIn(path);
    }

    private static boolean isAcquired(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(POSITION, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
