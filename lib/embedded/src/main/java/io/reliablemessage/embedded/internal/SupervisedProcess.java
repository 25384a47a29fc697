package io.reliablemessage.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server process (Unix only) that ends when the JVM ends, by whatever cause.
 *
 * <p>A shell script is the server's parent and reads from a pipe that this JVM holds open. Orderly stop and death
 * of the JVM are the same event to it: the pipe closes. No shutdown hook is involved, so the server outlives all
 * hooks that still need it.
 */
public final class SupervisedProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** Were a running process collected as garbage, its pipe would be closed and the server stopped. */
    private static final Set<SupervisedProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process supervisor;

    private SupervisedProcess(Process supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * Starts a server under the supervisor's eyes.
     *
     * @param command the server, staying in the foreground
     * @param environment added to this JVM's own
     * @param stopSignal name of the signal that asks the server to stop, such as {@code INT}
     * @param log receives what the server prints; overwritten
     * @param litter a directory to delete after the server ended, unless a file {@code keep} is in it then
     */
    public static SupervisedProcess start(
            List<String> command, Map<String, String> environment, String stopSignal, Path log, @Nullable Path litter) {
        var supervised = new ArrayList<>(ownSession());
        supervised.addAll(
                List.of("sh", "-c", script(), "supervise", stopSignal, litter == null ? "" : litter.toString()));
        supervised.addAll(command);
        var builder = new ProcessBuilder(supervised)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        try {
            var process = new SupervisedProcess(builder.start());
            RUNNING.add(process);
            var unused = process.supervisor.onExit().thenRun(() -> RUNNING.remove(process));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command, e);
        }
    }

    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /** Asks the server to stop, and returns when it has. */
    public void stop() {
        try {
            supervisor.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is gone, and with it the server: what was wanted.
        }
        awaitEnd();
    }

    /** Ends the server and everything it started with SIGKILL, as a power cut would. */
    public void kill() {
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!supervisor.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "A server did not stop within " + STOP_LIMIT + "; supervised by pid " + supervisor.pid());
            }
        } catch (InterruptedException e) {
            // The pipe is closed already: the server goes, only nobody watches.
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps Ctrl-C in a terminal, and a SIGKILL to this JVM's process group, from reaching the supervisor. */
    private static List<String> ownSession() {
        if (isOnPath("setsid")) {
            return List.of("setsid");
        }
        return isOnPath("perl") ? List.of("perl", "-MPOSIX=setsid", "-e", "setsid; exec @ARGV", "--") : List.of();
    }

    private static boolean isOnPath(String program) {
        for (var directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (new File(directory, program).canExecute()) {
                return true;
            }
        }
        return false;
    }

    private static String script() {
        try (var script = SupervisedProcess.class.getResourceAsStream("supervise.sh")) {
            if (script == null) {
                throw new IllegalStateException("supervise.sh is missing beside " + SupervisedProcess.class);
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
