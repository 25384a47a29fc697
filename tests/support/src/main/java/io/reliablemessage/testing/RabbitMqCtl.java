package io.reliablemessage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code rabbitmqctl} against a node. */
final class RabbitMqCtl {

    private RabbitMqCtl() {}

    static String run(RabbitMqNode node, String... arguments) {
        var command = new ArrayList<>(List.of(RabbitMqExecutables.ctl().orElseThrow(), "-q"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(node.environment());
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rabbitmqctl was running", e);
        }
    }
}
