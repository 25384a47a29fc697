package io.reliablemessage.faults.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The applications as they are delivered: runnable jars, unpacked as one would to run them, since
 * they start faster so.
 */
public enum Application {
    MESSAGE_SERVICE,
    STATUS_CHECKER,
    RECOVERY_JOB;

    private static final String JAR = "application.jar";
    private static final Map<Application, List<String>> UNPACKED = new EnumMap<>(Application.class);

    public Program program(String heap, Map<String, Object> settings) {
        return program("", heap, settings);
    }

    /** @param suffix tells replicas apart */
    public Program program(String suffix, String heap, Map<String, Object> settings) {
        return new Program(module() + suffix, heap, options(), Map.of(), settings);
    }

    /** Begins the slow first preparation. */
    public static void unpackMeanwhile() {
        Thread.ofPlatform().daemon().start(() -> {
            for (var application : values()) {
                application.options();
            }
        });
    }

    /** The arguments of {@code java} to run it. */
    private List<String> options() {
        synchronized (UNPACKED) {
            return UNPACKED.computeIfAbsent(this, Application::unpacked);
        }
    }

    private String module() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private List<String> unpacked() {
        var directory = Path.of("target", "applications", module()).toAbsolutePath();
        var jar = directory.resolve(JAR);
        var extract = "extract --force --application-filename %s --destination".formatted(JAR);
        var arguments =
                new ArrayList<>(List.of("-Djarmode=tools", "-jar", runnable().toString()));
        arguments.addAll(Arrays.asList(extract.split(" ", -1)));
        arguments.add(directory.toString());
        make(jar, arguments);
        // Two of the others, once each, are not worth the time that it takes.
        return this == MESSAGE_SERVICE ? startingFast(jar) : List.of("-jar", jar.toString());
    }

    /** Starts it once and keeps the classes it loaded: every other start takes half the time. */
    private static List<String> startingFast(Path jar) {
        var database = Infrastructure.postgres().newDatabase();
        var classes = jar.resolveSibling("classes.jsa");
        make(
                classes,
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ArchiveClassesAtExit=" + classes,
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        jar.toString(),
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.rabbitmq.username=nobody"));
        return List.of("-XX:SharedArchiveFile=" + classes, "-jar", jar.toString());
    }

    private static void make(Path result, List<String> arguments) {
        var command = new ArrayList<>(List.of(Program.java()));
        command.addAll(arguments);
        try {
            Files.deleteIfExists(result);
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor(); // its status says nothing
            if (!Files.exists(result)) {
                throw new IllegalStateException("%s was not made:%n%s".formatted(result, output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while %s was made".formatted(result), e);
        }
    }

    private Path runnable() {
        return Project.runnableJar(module());
    }
}
