package io.reliablemessage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One line per JVM, {@code message-service | PostgreSQL 18.6 (embedded) | RabbitMQ 3.10.8 (local)}, in a file per
 * JVM; the build sorts them, drops what is equal, prints them at its end and deletes the files.
 */
final class InfrastructureReport {

    private static String postgres = "-";
    private static String broker = "-";

    private InfrastructureReport() {}

    static synchronized void ranAgainst(PostgresServer server) {
        postgres = server.description();
        write();
    }

    static synchronized void ranAgainst(Broker chosen) {
        broker = chosen.description();
        write();
    }

    private static void write() {
        var module = Setting.of("TESTED_MODULE");
        if (module.isEmpty()) {
            return; // started from an IDE, whose working directory may be anywhere
        }
        try {
            var directory = Files.createDirectories(Path.of("target", "infrastructure"));
            Files.writeString(
                    directory.resolve(ProcessHandle.current().pid() + ".txt"),
                    "%s | %s | %s%n".formatted(module.get(), postgres, broker));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
