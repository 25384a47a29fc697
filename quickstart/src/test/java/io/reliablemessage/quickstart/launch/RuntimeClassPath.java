package io.reliablemessage.quickstart.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path that users have: without what the tests need. Maven writes it down before the tests. */
final class RuntimeClassPath {

    static final Path TEST_CLASSES = Path.of("target/test-classes").toAbsolutePath();

    private RuntimeClassPath() {}

    /** This module's test classes are for the main classes that tests start; they bring no libraries. */
    static String withTestClasses() {
        try {
            var libraries =
                    Files.readString(Path.of("target/runtime.classpath")).strip();
            var own = Path.of("target/classes").toAbsolutePath();
            return String.join(File.pathSeparator, own.toString(), TEST_CLASSES.toString(), libraries);
        } catch (IOException e) {
            throw new UncheckedIOException("Let Maven write it: mvn process-test-classes", e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
