package io.reliablemessage.webserver;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * A connection on which a request, from its first byte on, has a limited time to arrive. The next one begins after
 * something was answered. A client that stops in between has the rest of the time, or Tomcat's
 * {@code connectionTimeout} if that is shorter.
 */
class TimeLimitedChannel extends NioChannel {

    private final long limit;
    private volatile long begun;
    private volatile boolean isArriving;

    TimeLimitedChannel(SocketBufferHandler buffers, Duration limit) {
        super(buffers);
        this.limit = limit.toNanos();
    }

    /** Channels are used again for other connections. */
    @Override
    public void reset(SocketChannel connection, NioSocketWrapper wrapper) throws IOException {
        isArriving = false;
        super.reset(connection, wrapper);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return (int) arrived(super.read(into));
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return arrived(super.read(into, offset, length));
    }

    private long arrived(long bytes) throws SocketTimeoutException {
        if (bytes <= 0) {
            return bytes;
        }
        var now = System.nanoTime();
        if (!isArriving) {
            begun = now;
            isArriving = true;
            socketWrapper.setReadTimeout(TimeUnit.NANOSECONDS.toMillis(limit));
            return bytes;
        }
        var rest = TimeUnit.NANOSECONDS.toMillis(limit - (now - begun));
        if (rest <= 0) {
            throw new SocketTimeoutException("the request takes too long to arrive");
        }
        socketWrapper.setReadTimeout(Math.min(socketWrapper.getReadTimeout(), rest));
        return bytes;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return (int) answered(super.write(from));
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return answered(super.write(from, offset, length));
    }

    private long answered(long bytes) {
        if (bytes > 0) {
            isArriving = false;
        }
        return bytes;
    }
}
