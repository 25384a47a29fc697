package io.reliablemessage.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server whose processes are stopped (SIGSTOP) until this is closed. */
public final class FrozenServer implements AutoCloseable {

    private final List<String> pids;

    private FrozenServer(List<String> pids) {
        this.pids = pids;
    }

    static FrozenServer of(long pid) {
        var server = ProcessHandle.of(pid).orElseThrow();
        // The parent first, so that it starts no more children.
        signal("STOP", List.of(Long.toString(pid)));
        var frozen = new FrozenServer(Stream.concat(Stream.of(server), server.descendants())
                .map(process -> Long.toString(process.pid()))
                .toList());
        signal("STOP", frozen.pids);
        return frozen;
    }

    @Override
    public void close() {
        signal("CONT", pids);
    }

    private static void signal(String name, List<String> pids) {
        try {
            var command = new ArrayList<>(List.of("kill", "-" + name));
            command.addAll(pids);
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
