package io.reliablemessage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The project's own files. Tests run in the directory of their module, at any depth. */
public final class Project {

    public static final Path DIRECTORY = find();

    private Project() {}

    /** @param path from the project's directory, such as {@code docs/states.md} */
    public static Path file(String path) {
        return DIRECTORY.resolve(path);
    }

    public static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The runnable jar of an application, which is a module at the top. */
    public static Path runnableJar(String module) {
        var target = file(module).resolve("target");
        try (var jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
            for (var jar : jars) {
                return jar;
            }
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        throw new IllegalStateException(
                "%s is not built. Build it: mvn -pl %s -am package -Dmaven.test.skip".formatted(module, module));
    }

    private static Path find() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(directory -> Files.exists(directory.resolve("docker-compose.yml")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Not inside the project: " + Path.of("").toAbsolutePath()));
    }
}
