package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.SERVICE_JAR;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds message-service's runnable jar. */
final class ServiceJar {

    private ServiceJar() {}

    /** The setting that names another version for the second service. */
    static final String OTHER = "service-jar";

    static Path chosenBy(Options options, Map<String, String> settings) {
        var named = settings.getOrDefault(OTHER, options.text(SERVICE_JAR));
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        // The working directory, or the checkout that this program was built in.
        return Stream.concat(Stream.of(Path.of("").toAbsolutePath()), ancestorsOfThisProgram())
                .flatMap(directory -> builtIn(directory.resolve("message-service/target")).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "message-service is not built. Build it: mvn -pl benchmarks -am package -Dmaven.test.skip"));
    }

    private static Stream<Path> ancestorsOfThisProgram() {
        var classPath = System.getProperty("java.class.path").split(File.pathSeparator, -1)[0];
        return Stream.iterate(Path.of(classPath).toAbsolutePath().getParent(), path -> path != null, Path::getParent);
    }

    private static Optional<Path> builtIn(Path target) {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (var files = Files.newDirectoryStream(target, "message-service-*-exec.jar")) {
            for (var file : files) {
                return Optional.of(file);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
