package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.SERVICE_HEAP;
import static io.reliablemessage.benchmarks.Option.SERVICE_JVM;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message-service in a JVM of its own, the one it would have in operation. It ends with this JVM,
 * however that ends.
 */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SupervisedProcess process;
    private final Path log;
    private final int port;

    private ServiceProcess(SupervisedProcess process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts one and returns when it is ready. */
    static ServiceProcess start(Options options, Map<String, String> settings, Map<String, String> secrets) {
        var port = freePort();
        var log = logFile();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + options.text(SERVICE_HEAP),
                "-Xmx" + options.text(SERVICE_HEAP)));
        if (!options.text(SERVICE_JVM).isBlank()) {
            command.addAll(List.of(options.text(SERVICE_JVM).split(" ", -1)));
        }
        command.addAll(List.of("-jar", ServiceJar.chosenBy(options, settings).toString(), "--server.port=" + port));
        var all = new LinkedHashMap<>(options.service());
        all.putAll(settings);
        all.remove(ServiceJar.OTHER);
        all.forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
        var service = new ServiceProcess(SupervisedProcess.start(command, secrets, "TERM", log, null), log, port);
        try {
            service.awaitReady();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** The JVM, not the shell that watches over it. */
    long pid() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .filter(child -> child.info().commandLine().orElse("").contains("--server.port=" + port))
                .map(ProcessHandle::pid)
                .findFirst()
                .orElse(0L);
    }

    /** Warnings and errors it has logged. */
    List<String> complaints() {
        return log().lines()
                .filter(line -> line.contains(" WARN [") || line.contains(" ERROR ["))
                .toList();
    }

    private void awaitReady() {
        var deadline = Instant.now().plus(START_LIMIT);
        var readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port)))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            while (!isReady(http, readiness)) {
                if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("message-service did not start:\n" + log());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while message-service was starting", e);
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest readiness) throws InterruptedException {
        try {
            return http.send(readiness, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path logFile() {
        try {
            var file = Files.createTempFile("reliable-message-benchmark-", ".log");
            file.toFile().deleteOnExit();
            return file;
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

    @Override
    public void close() {
        process.stop();
    }
}
