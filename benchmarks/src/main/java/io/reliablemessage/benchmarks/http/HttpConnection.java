package io.reliablemessage.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time, and the next on the same connection as long as the server keeps it. For the
 * loop's thread only.
 */
public final class HttpConnection {

    /** What follows when a call has its answer. */
    public interface Answered {
        void with(Response response);
    }

    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer received = ByteBuffer.allocateDirect(64 * 1024);
    private ResponseParser parser = new ResponseParser();
    private @Nullable SocketChannel channel;
    private @Nullable ByteBuffer unsent;
    private @Nullable Answered answered;

    HttpConnection(Selector selector, InetSocketAddress address) {
        this.selector = selector;
        this.address = address;
    }

    /** Sends a whole request. The connection must be idle. */
    public void send(byte[] request, Answered then) {
        if (answered != null) {
            throw new IllegalStateException("A call is under way");
        }
        answered = then;
        unsent = ByteBuffer.wrap(request);
        try {
            write(channel == null ? open() : channel);
        } catch (IOException broken) {
            fail(broken);
        }
    }

    void ready(SelectionKey key) {
        if (channel == null || !key.isValid()) {
            return;
        }
        try {
            if (key.isWritable()) {
                write(channel);
            }
            if (key.isReadable()) {
                read(channel);
            }
        } catch (IOException | IllegalArgumentException broken) {
            fail(broken);
        }
    }

    private SocketChannel open() throws IOException {
        var opened = SocketChannel.open(address);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
        parser = new ResponseParser();
        channel = opened;
        return opened;
    }

    private void write(SocketChannel to) throws IOException {
        if (unsent != null) {
            to.write(unsent);
            var isSent = !unsent.hasRemaining();
            // An array may be more than the socket takes at once.
            to.keyFor(selector)
                    .interestOps(isSent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            unsent = isSent ? null : unsent;
        }
    }

    private void read(SocketChannel from) throws IOException {
        received.clear();
        var count = from.read(received);
        if (count < 0) {
            throw new EOFException("closed by the server");
        }
        received.flip();
        if (parser.parse(received)) {
            if (parser.isLast()) {
                close();
            }
            complete(parser.response());
        }
    }

    private void fail(Exception failure) {
        close();
        if (answered != null) { // an idle connection may go at any time, and comes back with the next call
            complete(Response.missing(failure));
        }
    }

    private void complete(Response response) {
        var then = answered;
        answered = null;
        if (then != null) {
            then.with(response);
        }
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is not needed any more.
        }
        channel = null;
        unsent = null;
    }
}
