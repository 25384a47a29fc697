package io.reliablemessage.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address in front of several replicas, as users have it: connections go round, and past
 * replicas that refuse them.
 */
public final class Balancer implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int WAITING = 100;

    private final ServerSocket entrance;
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();

    private Balancer(ServerSocket entrance, List<Integer> ports) {
        this.entrance = entrance;
        this.ports = ports;
    }

    /** @param ports where the replicas listen, on loopback */
    public static Balancer before(List<Integer> ports) {
        try {
            var balancer = new Balancer(new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress()), ports);
            Thread.ofVirtual().start(balancer::run);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    private void run() {
        while (!entrance.isClosed()) {
            try {
                var caller = entrance.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        var replica = anyReplica();
        if (replica.isEmpty()) {
            close(caller);
            return;
        }
        Thread.ofVirtual().start(() -> pass(caller, replica.get()));
        pass(replica.get(), caller);
    }

    private Optional<Socket> anyReplica() {
        var first = turn.getAndIncrement();
        for (var i = 0; i < ports.size(); i++) {
            var replica = new Socket();
            try {
                replica.setTcpNoDelay(true);
                replica.connect(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), ports.get(Math.floorMod(first + i, ports.size()))),
                        (int) CONNECT.toMillis());
                return Optional.of(replica);
            } catch (IOException away) {
                close(replica);
            }
        }
        return Optional.empty();
    }

    /** Copies one direction until its end, or until a side is gone. */
    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // so is the connection
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception closed) {
            // what was wanted
        }
    }

    @Override
    public void close() {
        close(entrance);
    }
}
