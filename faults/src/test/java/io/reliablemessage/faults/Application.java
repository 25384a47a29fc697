package io.reliablemessage.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The applications as they are delivered: runnable jars, unpacked as one would to run them, since they start faster so. */
enum Application {
    MESSAGE_SERVICE,
    STATUS_CHECKER,
    RECOVERY_JOB;

    private static final String NAME = "application.jar";
    private static final Map<Application, Path> UNPACKED = new EnumMap<>(Application.class);

    Program program(String heap, Map<String, Object> settings) {
        return program("", heap, settings);
    }

    /** @param suffix tells replicas apart */
    Program program(String suffix, String heap, Map<String, Object> settings) {
        return new Program(module() + suffix, heap, List.of("-jar", jar().toString()), Map.of(), settings);
    }

    private String module() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Path jar() {
        synchronized (UNPACKED) {
            return UNPACKED.computeIfAbsent(this, Application::unpacked).toAbsolutePath();
        }
    }

    private Path unpacked() {
        var directory = Path.of("target", "applications", module());
        var command = List.of(
                Program.java(),
                "-Djarmode=tools",
                "-jar",
                runnable().toString(),
                "extract",
                "--force",
                "--destination",
                directory.toString(),
                "--application-filename",
                NAME);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor(); // its status says nothing
            if (!Files.exists(directory.resolve(NAME))) {
                throw new IllegalStateException("%s was not unpacked:%n%s".formatted(module(), output));
            }
            return directory.resolve(NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while %s was unpacked".formatted(module()), e);
        }
    }

    private Path runnable() {
        var target = Path.of("..", module(), "target");
        try (var jars = Files.newDirectoryStream(target, module() + "-*-exec.jar")) {
            for (var jar : jars) {
                return jar;
            }
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        throw new IllegalStateException(
                "%s is not built. Build it: mvn -pl faults -am package -DskipTests".formatted(module()));
    }
}
