package io.reliablemessage.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files, seen from this module. */
final class Project {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
