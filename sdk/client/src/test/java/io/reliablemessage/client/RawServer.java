package io.reliablemessage.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server that does what a test says with the bytes of each connection, which are kept until it hangs up. */
public final class RawServer implements AutoCloseable {

    public static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    public interface Behaviour {
        /** Answers the request of this number, from 1. */
        void answer(int number, Connection connection) throws IOException, InterruptedException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch isOver = new CountDownLatch(1);

    public RawServer(Behaviour behaviour) {
        this(0, behaviour);
    }

    RawServer(int port, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(port, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public final class Connection {

        private final OutputStream out;
        private final Socket socket;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public void send(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            out.flush();
        }

        /** An answer of the service, in one piece. */
        public void json(String head, String body) throws IOException {
            send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Again and again, until the client hangs up or the test is over. */
        public void drip(String text) throws IOException, InterruptedException {
            while (!isOver.await(100, TimeUnit.MILLISECONDS)) {
                send(text);
            }
        }

        public void hang() throws InterruptedException {
            isOver.await();
        }

        public void hangUp() throws IOException {
            socket.close();
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public ClientSettings settings() {
        return ClientSettings.of(url(), StubService.KEY);
    }

    /** Head and body of each request so far. */
    public List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var connection = new Connection(socket);
            var in = socket.getInputStream();
            for (var request = read(in); !request.isEmpty(); request = read(in)) {
                int number;
                synchronized (requests) {
                    requests.add(request);
                    number = requests.size();
                }
                behaviour.answer(number, connection);
            }
        } catch (IOException hungUp) {
            // the client has what it wants
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty: the client has hung up. */
    private static String read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        return head + (length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8) : "");
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        isOver.countDown();
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
