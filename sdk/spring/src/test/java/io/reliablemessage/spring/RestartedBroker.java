package io.reliablemessage.spring;

import io.reliablemessage.embedded.EmbeddedBroker;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** A broker of a test's own, which starts again on the same port, with nothing in it. */
final class RestartedBroker implements AutoCloseable {

    private final int port;
    private @Nullable EmbeddedBroker broker;
    private CachingConnectionFactory connections;

    RestartedBroker() {
        var first = EmbeddedBroker.start();
        broker = first;
        port = first.port();
        connections = new TestBroker.Address(port, first.username(), first.password()).connections();
    }

    /** With the password of the broker that runs, now and later. */
    CachingConnectionFactory connections() {
        return connections;
    }

    void stop() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    void start() {
        var next = EmbeddedBroker.start(port);
        broker = next;
        connections.setPassword(next.password());
    }

    /** As the service does. */
    void declare(String subscription) throws IOException, TimeoutException {
        try (var connection = connections.getRabbitConnectionFactory().newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclare(TestQueues.queue(subscription), true, false, false, null);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
