package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The quickstart in a JVM of its own, on ports and data of its own. It ends with this one, however that ends. */
public final class QuickstartJvm implements AutoCloseable {

    /** Generous: other builds may share the machine. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final List<String> APPLICATIONS =
            List.of("message-service", "status-checker", "recovery-job", "message-admin-ui", "shop", "broker");

    private final Process process;
    private final Path output;
    private final List<Integer> ports;

    private QuickstartJvm(Process process, Path output, List<Integer> ports) {
        this.process = process;
        this.output = output;
        this.ports = ports;
    }

    public static QuickstartJvm start(Path directory, String... arguments) {
        var ports = freePorts(APPLICATIONS.size());
        var command = new ArrayList<>(List.of(
                RuntimeClassPath.java(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                RuntimeClassPath.withTestClasses(),
                Bounded.class.getName()));
        command.add("--quickstart.data=" + directory.resolve("data"));
        for (int i = 0; i < ports.size(); i++) {
            command.add("--quickstart.ports.%s=%d".formatted(APPLICATIONS.get(i), ports.get(i)));
        }
        command.addAll(List.of(arguments));
        try {
            var output = File.createTempFile("output", ".txt", directory.toFile());
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            return new QuickstartJvm(process, output.toPath(), ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public QuickstartJvm awaitReady() {
        await().atMost(START_LIMIT).until(() -> output().contains("Ctrl-C stops everything") || !process.isAlive());
        assertThat(process.isAlive()).as("runs:%n%s", output()).isTrue();
        return this;
    }

    QuickstartJvm awaitOutput(String pattern) {
        var wanted = Pattern.compile(pattern, Pattern.DOTALL);
        await().atMost(START_LIMIT).until(() -> wanted.matcher(output()).find() || !process.isAlive());
        assertThat(output()).containsPattern(wanted);
        return this;
    }

    int awaitExit() {
        await().atMost(START_LIMIT).until(() -> !process.isAlive());
        return process.exitValue();
    }

    /** SIGTERM, and nothing else: the process's own method would close its standard input as well. */
    void stop() {
        process.toHandle().destroy();
    }

    /** SIGKILL; returns when nothing is left of it. */
    void kill() {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(60)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    List<ProcessHandle> offspring() {
        return process.descendants().toList();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address(String application) {
        return URI.create("http://127.0.0.1:" + ports.get(APPLICATIONS.indexOf(application)));
    }

    @Override
    public void close() {
        kill();
    }

    private static List<Integer> freePorts(int count) {
        var ports = new ArrayList<Integer>();
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports.add(sockets.getLast().getLocalPort());
            }
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The real main, and an end to it when the test's JVM is gone: then its standard input is closed. */
    static final class Bounded {

        public static void main(String[] args) {
            Thread.ofPlatform().daemon().start(Bounded::haltAtEndOfInput);
            Quickstart.main(args);
        }

        private static void haltAtEndOfInput() {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // Just as gone.
            }
            Runtime.getRuntime().halt(1);
        }
    }
}
