package io.reliablemessage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops the server that a dead JVM left behind: about to stop by itself on Unix, still running on Windows. The caller
 * holds the directory's lock, so no living JVM misses it.
 */
final class LeftoverPostmaster {

    private LeftoverPostmaster() {}

    static void stop(Path cluster) {
        var pidFile = cluster.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            var lines = Files.readAllLines(pidFile);
            var process = lines.isEmpty()
                    ? Optional.<ProcessHandle>empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
            if (process.filter(candidate -> isPostmasterOf(cluster, candidate)).isPresent()) {
                end(process.get());
            } else {
                // PostgreSQL refuses to start while *some* process of this user has the pid, and pids are used again.
                // Orphaned backends are still noticed: the shared memory's key is derived from the directory.
                Files.deleteIfExists(pidFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pidFile, e);
        }
    }

    private static boolean isPostmasterOf(Path cluster, ProcessHandle process) {
        var info = process.info();
        var isPostgres = info.command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        var isOnCluster = info.arguments()
                .map(arguments -> List.of(arguments).contains(cluster.toString()))
                .orElse(Platform.isWindows()); // which does not show the arguments
        return isPostgres && isOnCluster;
    }

    /** Fast shutdown, then immediate shutdown, then SIGKILL. */
    private static void end(ProcessHandle postmaster) {
        if (!Platform.isWindows()) {
            signal("INT", postmaster);
            if (isGoneWithin(20, postmaster)) {
                return;
            }
            signal("QUIT", postmaster);
            if (isGoneWithin(5, postmaster)) {
                return;
            }
        }
        postmaster.destroyForcibly();
        if (!isGoneWithin(5, postmaster)) {
            throw new IllegalStateException(
                    "The PostgreSQL left behind with pid " + postmaster.pid() + " does not end");
        }
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isGoneWithin(int seconds, ProcessHandle process) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
