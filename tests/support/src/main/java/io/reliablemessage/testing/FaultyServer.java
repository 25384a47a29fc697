package io.reliablemessage.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A server with faulty behaviour on its sockets, which no HTTP library offers. */
public final class FaultyServer implements AutoCloseable {

    public interface Behaviour {
        void on(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    public FaultyServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public static Behaviour sends(String... parts) {
        return out -> {
            for (var part : parts) {
                out.write(part.getBytes(ISO_8859_1));
            }
        };
    }

    public static Behaviour sends(int status, String headers, String body) {
        return sends("HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n%s".formatted(status, headers, body.length(), body));
    }

    /** Sends a text at once, then repeats another until the other side closes. */
    public static Behaviour repeats(String first, String thing, int pauseMillis) {
        return out -> {
            out.write(first.getBytes(ISO_8859_1));
            var again = thing.getBytes(ISO_8859_1);
            while (true) {
                out.write(again);
                out.flush();
                Thread.sleep(pauseMillis);
            }
        };
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/checkbacks";
    }

    public List<String> requests() {
        return requests;
    }

    /** Bytes that went out before the other side hung up. */
    public long sent() {
        return sent.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(request(socket.getInputStream()));
            behaviour.on(new Counting(socket.getOutputStream()));
        } catch (IOException | InterruptedException hungUp) {
            // what this server is for
        }
    }

    private static String request(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.read());
        }
        var length =
                java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
        if (length.find()) {
            text.append(new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1));
        }
        return text.toString();
    }

    private final class Counting extends java.io.FilterOutputStream {
        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            sent.addAndGet(bytes.length);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
