package io.reliablemessage.quickstart.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Ends what was started, the latest first. Thread-safe.
 *
 * <p>Hooks of the JVM run all at once, and parts bring their own (the embedded broker does): so a signal is
 * answered here first, and the JVM exits when everything is ended.
 */
final class Shutdown {

    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    private record Part(String name, AutoCloseable running) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Terminal terminal;

    Shutdown(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Makes Ctrl-C and SIGTERM end everything in order; any other exit does so, too, less orderly. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "stop quickstart"));
        exitOn("INT");
        exitOn("TERM");
    }

    void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            var unused = parent.onExit().thenRun(() -> exit(1));
        });
    }

    private void exitOn(String signal) {
        try {
            Signal.handle(new Signal(signal), received -> exit(128 + received.getNumber()));
        } catch (IllegalArgumentException e) {
            log.atDebug().addKeyValue("signal", signal).log("not ours to handle"); // java -Xrs; the hook is left
        }
    }

    void exit(int status) {
        run();
        System.exit(status);
    }

    /** Registers a resource to close at the end, or closes it at once if the end has begun. */
    <T extends AutoCloseable> T later(String name, T running) {
        synchronized (parts) {
            if (!hasBegun()) {
                parts.push(new Part(name, running));
                return running;
            }
        }
        close(new Part(name, running));
        throw new StartupFailure("It is being stopped.");
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    void await() {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void run() {
        begun.countDown();
        Part next = next();
        if (next != null) {
            terminal.print("stopping...");
        }
        for (; next != null; next = next()) {
            close(next);
        }
    }

    private @Nullable Part next() {
        synchronized (parts) {
            return parts.poll();
        }
    }

    private static void close(Part part) {
        try {
            part.running().close();
        } catch (Exception e) {
            log.atWarn().addKeyValue("part", part.name()).setCause(e).log("did not stop cleanly");
        }
    }
}
