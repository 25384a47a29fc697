package io.reliablemessage.spring;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.reliablemessage.test.Delivery;
import io.reliablemessage.test.InMemoryMessageService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * Moves what the service in memory sends into the queues of a broker, as the real one does: the service declares the
 * queues, and consumers only read them.
 */
final class TestQueues implements AutoCloseable {

    private final InMemoryMessageService service;
    private final Connection connection;
    private final Channel channel;
    private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
    private final Thread mover;
    private volatile boolean isClosed;
    private volatile int copies = 1;

    TestQueues(InMemoryMessageService service, TestBroker.Address broker) {
        try {
            this.service = service;
            var factory = new ConnectionFactory();
            factory.setHost("127.0.0.1");
            factory.setPort(broker.port());
            factory.setUsername(broker.username());
            factory.setPassword(broker.password());
            this.connection = factory.newConnection("test-queues");
            this.channel = connection.createChannel();
            this.mover = new Thread(this::move, "test-queues");
            mover.setDaemon(true);
            mover.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static String queue(String subscription) {
        return "rm." + subscription;
    }

    /** Declares the queue of a subscription, which may not be registered yet, and fills it from now on. */
    void add(String subscription) {
        locked(() -> channel.queueDeclare(queue(subscription), true, false, false, null));
        subscriptions.add(subscription);
    }

    /** From now on, so many copies of each message are put into its queue. */
    void setCopies(int copies) {
        this.copies = copies;
    }

    /** The number of messages that wait for a consumer. */
    int depth(String subscription) {
        return locked(() -> channel.queueDeclarePassive(queue(subscription)).getMessageCount());
    }

    void publish(Delivery copy) {
        var properties = new AMQP.BasicProperties.Builder()
                .messageId(copy.id())
                .type(copy.topic())
                .appId(copy.producer())
                .timestamp(Date.from(copy.preparedAt()))
                .contentType(copy.contentType())
                .deliveryMode(2)
                .headers(copy.headers())
                .build();
        publish(copy.subscription(), properties, copy.payload());
    }

    void publish(String subscription, AMQP.BasicProperties properties, byte[] payload) {
        locked(() -> {
            channel.basicPublish("", queue(subscription), properties, payload);
            return subscription;
        });
    }

    private void move() {
        while (!isClosed) {
            try {
                subscriptions.forEach(this::move);
                Thread.sleep(10);
            } catch (InterruptedException | RuntimeException e) {
                if (!isClosed) {
                    throw new IllegalStateException(e);
                }
                return;
            }
        }
    }

    private void move(String subscription) {
        try {
            service.consumer(subscription).deliver(copy -> {
                for (var i = 0; i < copies; i++) {
                    publish(copy);
                }
            });
        } catch (IllegalArgumentException notRegisteredYet) {
            // the consumer will do so
        }
    }

    private interface Use<T> {
        T run() throws IOException;
    }

    private synchronized <T> T locked(Use<T> use) {
        try {
            return use.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        mover.interrupt();
        locked(() -> {
            for (var subscription : subscriptions) {
                channel.queueDelete(queue(subscription));
            }
            connection.close();
            return subscriptions;
        });
    }
}
