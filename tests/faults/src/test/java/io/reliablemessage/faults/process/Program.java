package io.reliablemessage.faults.process;

import static org.awaitility.Awaitility.await;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import io.reliablemessage.faults.load.Slowness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program in a JVM of its own, which may be killed and comes back on the same port. It ends with this
 * JVM, however that ends.
 */
public final class Program {

    static final String SETTINGS = "SPRING_APPLICATION_JSON";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port = freePort();
    private final Path logs;
    private int starts;
    private @Nullable SupervisedProcess process;

    /**
     * @param heap as {@code -Xmx} takes it
     * @param program what follows the options of {@code java}
     */
    Program(
            String name,
            String heap,
            List<String> program,
            Map<String, String> environment,
            Map<String, Object> settings) {
        this.name = name;
        this.logs = newDirectory(name.replace(' ', '-'));
        this.command = new ArrayList<>(List.of(
                java(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1")); // it has to start often, and shares two cores with all the others
        command.addAll(program);
        command.addAll(List.of("--server.address=127.0.0.1", "--server.port=" + port));
        // What is long: of a long command line, the system shows nothing.
        this.environment = new HashMap<>(environment);
        this.environment.put(SETTINGS, new JsonMapper().writeValueAsString(settings));
    }

    /** A program of these tests. */
    public static Program of(String name, Class<?> main, String heap, Map<String, Object> settings) {
        var classPath = Map.of("CLASSPATH", System.getProperty("java.class.path"));
        return new Program(name, heap, List.of(main.getName()), classPath, settings);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public void start() {
        process = SupervisedProcess.start(
                command, environment, "TERM", logs.resolve("%02d.log".formatted(++starts)), null);
    }

    public void awaitReady() {
        var end = Instant.now().plus(START_LIMIT);
        while (!isReady() && isAlive() && Instant.now().isBefore(end)) {
            Slowness.of(POLL);
        }
        if (!isReady()) {
            throw new IllegalStateException("%s did not start:%n%s".formatted(name, String.join("\n", log())));
        }
    }

    /** SIGKILL, as a power cut would; returns when nothing is left of it. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** SIGSTOP: it is suspended, and does not notice the time. */
    public void suspend() {
        signal("STOP");
    }

    /** SIGCONT, after {@link #suspend}. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var status = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, jvm().pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("%s took no %s".formatted(this.name, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, which asks it to end; returns when it has. */
    public Duration terminate(Duration limit) {
        var from = Instant.now();
        jvm().destroy();
        await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(() -> !isAlive());
        return Duration.between(from, Instant.now());
    }

    String name() {
        return name;
    }

    public int starts() {
        return starts;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    public int port() {
        return port;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The most memory this process ever had, heap and everything else. Known on Linux only. */
    public long peakMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(jvm().pid())))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The logs of all its processes. */
    public List<String> log() {
        try (Stream<Path> files = Files.list(logs)) {
            var lines = new ArrayList<String>();
            for (var file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        return Http.get(address().resolve("/actuator/health/readiness"))
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    /** The JVM, not the shell that watches over it. */
    private ProcessHandle jvm() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .filter(child -> child.info().commandLine().orElse("").contains("--server.port=" + port))
                .findFirst()
                .orElseThrow();
    }

    private static Path newDirectory(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "logs")), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
