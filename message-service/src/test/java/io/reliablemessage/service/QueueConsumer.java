package io.reliablemessage.service;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Takes messages from a queue as any consumer could, with the plain client. */
public final class QueueConsumer implements AutoCloseable {

    private final Connection connection;
    private final Channel channel;
    private final String queue;

    public QueueConsumer(Service service, String queue) {
        var broker = service.broker();
        var factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        try {
            connection = factory.newConnection();
            channel = connection.createChannel();
        } catch (IOException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
        this.queue = queue;
    }

    /** The next message, as soon as it is there. */
    public GetResponse next() {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(this::poll, it -> it != null);
    }

    /** The next message, or null: whatever was published before and confirmed is there. */
    public @org.jspecify.annotations.Nullable GetResponse poll() {
        try {
            return channel.basicGet(queue, true);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public Channel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
