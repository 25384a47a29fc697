package io.reliablemessage.service.faults;

import static org.awaitility.Awaitility.await;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageServiceApplication;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message-service in a JVM of its own, which may be killed and comes back on the same port. It ends with this JVM, however
 * that ends.
 */
final class ServiceProcess {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final List<String> command;
    private final Map<String, String> environment;
    private final int port = freePort();
    private final Path logs = newDirectory();
    private int starts;
    private @Nullable SupervisedProcess process;

    /** @param heap as {@code -Xmx} takes it */
    ServiceProcess(String heap, Map<String, Object> settings) {
        command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it has to start often, and shares two cores with all the others
                MessageServiceApplication.class.getName(),
                "--server.port=" + port,
                "--logging.level.io.reliablemessage=info");
        // What is long: of a long command line, the system shows nothing.
        environment = Map.of(
                "CLASSPATH", System.getProperty("java.class.path"),
                "SPRING_APPLICATION_JSON", new JsonMapper().writeValueAsString(settings));
    }

    void start() {
        process = SupervisedProcess.start(
                command, environment, "TERM", logs.resolve("%02d.log".formatted(++starts)), null);
    }

    void awaitReady() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> isReady() || !isAlive());
        if (!isAlive()) {
            throw new IllegalStateException("message-service did not start:\n" + String.join("\n", log()));
        }
    }

    /** SIGKILL, as a power cut would; returns when nothing is left of it. */
    void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** SIGTERM, which asks it to end; returns when it has. */
    Duration terminate(Duration limit) {
        var from = Instant.now();
        jvm().destroy();
        await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(() -> !isAlive());
        return Duration.between(from, Instant.now());
    }

    int starts() {
        return starts;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The most memory this process ever had, heap and everything else. Known on Linux only. */
    long peakMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(jvm().pid())))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many sends the broker has confirmed to the process that runs now. */
    long confirmedByBroker() {
        var metrics = new Api(address().toString(), Key.WORKER.value()).get("/actuator/prometheus");
        return metrics.body()
                .asString()
                .lines()
                .filter(line ->
                        line.startsWith("reliable_message_publishes_total{") && line.contains("outcome=\"confirmed\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** What all the processes that ran here have logged. */
    List<String> log() {
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
        try {
            return new Api(address().toString(), null)
                            .get("/actuator/health/readiness")
                            .status()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
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

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "service-logs-");
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
