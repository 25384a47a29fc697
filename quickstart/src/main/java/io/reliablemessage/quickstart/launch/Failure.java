package io.reliablemessage.quickstart.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;
import org.springframework.core.NestedExceptionUtils;

/** Explains in one line why the start failed. */
record Failure(Throwable cause) {

    static Failure of(Throwable thrown) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new Failure(cause);
    }

    void print(Terminal terminal) {
        if (cause instanceof StartupFailure) {
            terminal.print("%nCannot start: %s%n", String.valueOf(cause.getMessage()));
        } else {
            var root = NestedExceptionUtils.getMostSpecificCause(cause);
            terminal.print("%nCannot start: %s%s%n", root, stackTraceElsewhere());
        }
    }

    private String stackTraceElsewhere() {
        try {
            var file = Files.createTempFile("quickstart-", ".txt");
            try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
                cause.printStackTrace(writer);
            }
            return "%nThe stack trace is in %s".formatted(file);
        } catch (IOException e) {
            return "";
        }
    }
}
