package io.reliablemessage.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds RabbitMQ's and Erlang's programs on this machine. */
final class RabbitMqExecutables {

    private RabbitMqExecutables() {}

    static Optional<String> server() {
        // First Debian's real one: the wrapper it puts on the path changes to the user rabbitmq, or refuses.
        return find("rabbitmq-server", "/usr/lib/rabbitmq/bin", "/opt/homebrew/sbin", "/usr/local/sbin");
    }

    static Optional<String> ctl() {
        return find("rabbitmqctl", "/usr/lib/rabbitmq/bin", "/opt/homebrew/sbin", "/usr/local/sbin");
    }

    static Optional<String> epmd() {
        return find("epmd", "/opt/homebrew/lib/erlang/bin", "/usr/local/lib/erlang/bin", "/usr/lib/erlang/bin");
    }

    private static Optional<String> find(String program, String... usualDirectories) {
        var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        return Stream.concat(Arrays.stream(usualDirectories), Arrays.stream(path))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
