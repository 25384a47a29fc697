package io.reliablemessage.service.publishing.rabbit;

import com.rabbitmq.client.SocketConfigurator;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes publishing's socket when a write to it hangs: the broker may be gone without a word, and TCP waits for a
 * quarter of an hour. Nothing else ends a write, not even closing the connection, which wants to write, too.
 *
 * <p>A broker that has blocked the connection reads nothing, as it said. Whether it is still there, its heartbeats show.
 */
final class WriteWatch implements SocketConfigurator {

    /** For a write without an answer. */
    static final Duration SEND = Duration.ofSeconds(5);

    /** For a call that the broker answers, longer than the client waits for the answer. */
    static final Duration CALL = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(WriteWatch.class);
    private static final Duration STALLED = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(250);

    private final LongSupplier acceptingFor;
    private volatile @Nullable Thread opener;
    private volatile @Nullable Socket socket;
    private volatile long limit;
    private volatile long began; // by System.nanoTime
    private volatile boolean isWriting;

    /** @param acceptingFor for how many nanoseconds the broker has accepted sends; 0: it has blocked the connection */
    WriteWatch(LongSupplier acceptingFor) {
        this.acceptingFor = acceptingFor;
    }

    /** The calling thread may now connect. Its socket is the one to be watched; other threads connect for others. */
    void beginOpening() {
        opener = Thread.currentThread();
        begin(CALL);
    }

    @Override
    public void configure(Socket created) throws IOException {
        if (Thread.currentThread().equals(opener)) {
            socket = created;
        }
    }

    /** Begins a call to the broker, on the one thread that makes them. */
    void begin(Duration most) {
        limit = most.toNanos();
        began = System.nanoTime();
        isWriting = true;
    }

    void end() {
        isWriting = false;
    }

    /** Whether the call under way has been so for long. */
    boolean isStalled() {
        return isWriting && System.nanoTime() - began > STALLED.toNanos();
    }

    /** Watches the new connection until its socket is closed. */
    void start() {
        var watched = socket;
        if (watched != null) {
            Thread.ofPlatform().name("write-watch").daemon().start(() -> watch(watched));
        }
    }

    private void watch(Socket watched) {
        while (!watched.isClosed()) {
            try {
                Thread.sleep(TICK);
                if (isOverdue() && watched.equals(socket)) {
                    log.atWarn().log("a write to the broker hangs, the connection is given up");
                    close(watched);
                }
            } catch (InterruptedException nobodyDoesThat) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable unexpected) { // An Error too: the next look may succeed.
                close(watched);
            }
        }
    }

    private boolean isOverdue() {
        return isWriting && Math.min(System.nanoTime() - began, acceptingFor.getAsLong()) > limit;
    }

    /** Ends the connection whatever its threads are doing. */
    void close() {
        var open = socket;
        if (open != null) {
            close(open);
        }
    }

    private static void close(Socket open) {
        try {
            open.setSoLinger(true, 0); // else TLS waits for its turn to write a farewell
        } catch (SocketException alreadyClosed) {
            log.atTrace().setCause(alreadyClosed).log("socket is closed");
        }
        try {
            open.close();
        } catch (IOException failed) {
            log.atDebug().setCause(failed).log("socket could not be closed in order");
        }
    }
}
