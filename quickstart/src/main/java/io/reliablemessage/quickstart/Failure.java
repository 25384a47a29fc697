package io.reliablemessage.quickstart;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * Why it did not start, for a reader: a line, not a stack trace.
 *
 * @param isForeseen its text says what to do
 */
record Failure(Throwable cause, boolean isForeseen) {

    static Failure of(Throwable thrown) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new Failure(cause, cause instanceof CannotStart);
    }

    void tell(Terminal terminal) {
        terminal.say("%nCannot start: %s%n", isForeseen ? cause.getMessage() : text());
    }

    private String text() {
        var deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        var message = deepest.getMessage() == null ? deepest.getClass().getName() : deepest.getMessage();
        return message + stackTrace();
    }

    private String stackTrace() {
        try {
            var file = Files.createTempFile("quickstart-", ".txt");
            print(file);
            return "%nThe stack trace is in %s".formatted(file);
        } catch (IOException e) {
            return "";
        }
    }

    private void print(Path file) throws IOException {
        try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
            cause.printStackTrace(writer);
        }
    }
}
