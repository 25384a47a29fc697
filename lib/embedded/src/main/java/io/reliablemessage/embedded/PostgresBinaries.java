package io.reliablemessage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The programs of one PostgreSQL version, unpacked.
 *
 * @param home has {@code bin/}, {@code lib/} and {@code share/}
 */
record PostgresBinaries(Path home) {

    private static final Map<String, PostgresBinaries> UNPACKED = new ConcurrentHashMap<>();

    static PostgresBinaries ofThisPlatform() {
        var name = "postgres-" + Platform.name() + ".txz";
        var archive = PostgresBinaries.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new IllegalStateException(name
                    + " is not on the class path: there is no embedded PostgreSQL for this platform. Name a PostgreSQL"
                    + " to use instead.");
        }
        return unpackedFrom(archive);
    }

    static PostgresBinaries unpackedFrom(URL archive) {
        return UNPACKED.computeIfAbsent(
                archive.toString(),
                url -> new PostgresBinaries(PostgresArchive.read(archive).unpacked()));
    }

    List<String> command(String program, List<String> arguments) {
        var command = new ArrayList<>(Platform.withoutRoot());
        command.add(home.resolve("bin")
                .resolve(Platform.isWindows() ? program + ".exe" : program)
                .toString());
        command.addAll(arguments);
        return command;
    }

    /** Runs to the end; what the program printed is in the log, and in the exception if it failed. */
    void run(String program, List<String> arguments, Path log) {
        var command = command(program, arguments);
        try {
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("%s failed with status %d:%n%s%nThe command was %s"
                        .formatted(program, status, Files.readString(log), command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command, e);
        }
    }
}
