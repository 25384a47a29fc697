package io.reliablemessage.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves all connections with one thread. A thread per connection would cost the generator several times as much
 * CPU: on a small machine a wake-up is dearer than all the rest of a call.
 */
public final class HttpLoop implements AutoCloseable {

    /** What happens between two rounds of answers. */
    public interface Turn {
        /** Says how long the next turn may wait if no answer comes, in nanoseconds. */
        long take();
    }

    private final Selector selector;
    private final List<HttpConnection> connections = new ArrayList<>();
    private volatile boolean isClosed;
    private @Nullable Thread thread;

    public HttpLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before {@link #start}. */
    public HttpConnection connection(InetSocketAddress address) {
        var connection = new HttpConnection(selector, address);
        connections.add(connection);
        return connection;
    }

    public void start(Turn turn) {
        thread = Thread.ofPlatform().name("calls").daemon().start(() -> run(turn));
    }

    /** Makes a turn come now; from any thread. */
    public void wake() {
        selector.wakeup();
    }

    private void run(Turn turn) {
        try {
            while (!isClosed) {
                var wait = TimeUnit.NANOSECONDS.toMillis(turn.take());
                selector.select(HttpLoop::ready, Math.max(1, wait));
            }
            connections.forEach(HttpConnection::close);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof HttpConnection connection) {
            connection.ready(key);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        wake();
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
