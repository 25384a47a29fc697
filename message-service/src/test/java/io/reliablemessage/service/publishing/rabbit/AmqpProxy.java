package io.reliablemessage.service.publishing.rabbit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Forwards AMQP 0-9-1 frame by frame, and plays a broker that refuses, closes channels, is blocked, hangs or goes away. */
final class AmqpProxy implements AutoCloseable {

    private static final int PROTOCOL_HEADER = 8;

    private final ServerSocket server;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private volatile boolean closingChannels;
    private volatile CountDownLatch frozen = new CountDownLatch(0);

    AmqpProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Makes a nack of each ack. */
    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Answers each publish by closing its channel, on both sides. */
    void closeChannels(boolean close) {
        closingChannels = close;
    }

    void block(boolean block) {
        links.forEach(link -> link.tellClient(block ? AmqpFrame.blocked() : AmqpFrame.unblocked()));
    }

    void freeze(boolean freeze) {
        frozen.countDown();
        frozen = new CountDownLatch(freeze ? 1 : 0);
    }

    /** Neither reads nor writes on today's links, and does not close them either. */
    void vanish() {
        links.forEach(Link::vanish);
    }

    void cut() {
        links.forEach(Link::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var link = new Link(server.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                link.start();
            } catch (IOException closed) {
                cut();
            }
        }
    }

    @Override
    public void close() {
        freeze(false);
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        cut();
    }

    private final class Link {

        private final Socket client;
        private final Socket broker;
        private final Set<Integer> closedForClient = ConcurrentHashMap.newKeySet(); // until it says close-ok
        private final Set<Integer> closedForBroker = ConcurrentHashMap.newKeySet();

        private volatile CountDownLatch vanished = new CountDownLatch(0);

        Link(Socket client, Socket broker) {
            this.client = client;
            this.broker = broker;
        }

        void vanish() {
            vanished = new CountDownLatch(1);
        }

        void start() {
            Thread.ofVirtual().start(() -> run(this::forwardToBroker));
            Thread.ofVirtual().start(() -> run(this::forwardToClient));
        }

        private void run(Direction direction) {
            try {
                direction.forward();
            } catch (IOException | InterruptedException ended) {
                end();
            }
        }

        private void forwardToBroker() throws IOException, InterruptedException {
            var in = new DataInputStream(client.getInputStream());
            broker.getOutputStream().write(in.readNBytes(PROTOCOL_HEADER));
            while (true) {
                vanished.await();
                var frame = AmqpFrame.read(in);
                if (closingChannels && frame.isPublish() && closedForClient.add(frame.channel())) {
                    closedForBroker.add(frame.channel());
                    tellClient(AmqpFrame.closeChannel(frame.channel(), 406, "PRECONDITION_FAILED - by the test"));
                    broker.getOutputStream()
                            .write(AmqpFrame.closeChannel(frame.channel(), 200, "OK")
                                    .bytes());
                } else if (!closedForClient.contains(frame.channel())) {
                    broker.getOutputStream().write(frame.bytes());
                } else if (frame.isChannelCloseOk()) {
                    closedForClient.remove(frame.channel());
                }
            }
        }

        private void forwardToClient() throws IOException, InterruptedException {
            var in = new DataInputStream(broker.getInputStream());
            while (true) {
                var frame = AmqpFrame.read(in);
                frozen.await();
                vanished.await();
                if (!closedForBroker.contains(frame.channel())) {
                    tellClient(refusing ? frame.nackIfAck() : frame);
                } else if (frame.isChannelCloseOk()) {
                    closedForBroker.remove(frame.channel());
                }
            }
        }

        void tellClient(AmqpFrame frame) {
            synchronized (client) {
                try {
                    client.getOutputStream().write(frame.bytes());
                } catch (IOException gone) {
                    end();
                }
            }
        }

        void end() {
            links.remove(this);
            vanished.countDown();
            try (client;
                    broker) {
                closedForClient.clear();
            } catch (IOException alreadyEnded) {
                closedForClient.clear();
            }
        }
    }

    private interface Direction {
        void forward() throws IOException, InterruptedException;
    }
}
