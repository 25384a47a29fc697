package io.reliablemessage.service.platform.database;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reliablemessage.testing.PostgresServer.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy before PostgreSQL that can drop a reply after the work is done, or fall silent: connections stay open, new
 * ones are accepted, and nothing passes until it resumes.
 */
final class LossyProxy implements AutoCloseable {

    /** The statements that open or test a connection are shorter than any statement of the ledger. */
    private static final int MAX_GREETING = 300;

    private static final Duration LATE = Duration.ofSeconds(3);

    private final ServerSocket server;
    private final Database real;
    private final int target;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean armedForCommit = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Duration delayOfReplies = Duration.ZERO;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    LossyProxy(Database real) {
        this.real = real;
        target = portOf(real);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The same database, through this proxy. */
    Database database() {
        var url = real.url().replace(":" + target + "/", ":" + server.getLocalPort() + "/");
        return new Database(real.name(), url, real.username(), real.password());
    }

    private static int portOf(Database database) {
        return URI.create(database.url().substring("jdbc:".length())).getPort();
    }

    /** The reply to the next statement is lost, together with its connection. */
    void loseNextReply() {
        armed.set(true);
    }

    /** The connection ends with the next COMMIT, which the database gets three seconds later. */
    void cutNextCommit() {
        armedForCommit.set(true);
    }

    void fallSilent() {
        silence = new CountDownLatch(1);
    }

    /** Each reply is held back for so long. */
    void delayReplies(Duration delay) {
        delayOfReplies = delay;
    }

    void speakAgain() {
        silence.countDown();
    }

    int lost() {
        return lost.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var database = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> new Link(client, database).run());
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        speakAgain();
        server.close();
    }

    private final class Link {
        private final Socket client;
        private final Socket database;
        private volatile boolean isDoomed;

        Link(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        void run() {
            var requests = Thread.ofVirtual().start(() -> pump(client, database, true));
            pump(database, client, false);
            end();
            try {
                requests.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void pump(Socket from, Socket to, boolean isRequest) {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                var buffer = new byte[64 * 1024];
                for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (isRequest && isCommit(buffer, count) && armedForCommit.compareAndSet(true, false)) {
                        lost.incrementAndGet();
                        client.close();
                        Thread.sleep(LATE);
                    } else if (isRequest) {
                        isDoomed |= count > MAX_GREETING && armed.compareAndSet(true, false);
                    } else if (isDoomed) {
                        lost.incrementAndGet();
                        return;
                    } else {
                        Thread.sleep(delayOfReplies);
                    }
                    silence.await();
                    out.write(buffer, 0, count);
                    out.flush();
                }
            } catch (IOException | InterruptedException ended) {
                end();
            }
        }

        private static boolean isCommit(byte[] buffer, int count) {
            return new String(buffer, 0, count, ISO_8859_1).contains("COMMIT");
        }

        private void end() {
            try (client;
                    database) {
                isDoomed = true;
            } catch (IOException alreadyEnded) {
                isDoomed = true;
            }
        }
    }
}
