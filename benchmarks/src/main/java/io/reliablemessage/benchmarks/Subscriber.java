package io.reliablemessage.benchmarks;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.reliablemessage.benchmarks.measure.Counters;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Listens on the subscription's queue. Acks settled deliveries to the broker cumulatively: one frame for all up to the
 * first that is not settled.
 */
final class Subscriber implements AutoCloseable {

    /** A message that came, and what the broker calls it. */
    record Received(String id, long tag) {}

    private static final int PREFETCH = 1000;
    private static final int SETTLED_TOGETHER = 64;

    private final Counters counters;
    private final Connection connection;
    private final Channel channel;
    private final Set<Long> early = new HashSet<>();
    private long settled;
    private long told;

    Subscriber(Servers servers, String queue, Counters counters, Consumer<Received> receiver) throws IOException {
        this.counters = counters;
        var factory = new ConnectionFactory();
        factory.setHost(servers.rabbitMq().host());
        factory.setPort(servers.rabbitMq().port());
        factory.setUsername(servers.rabbitMq().username());
        factory.setPassword(servers.rabbitMq().password());
        factory.setVirtualHost(servers.rabbitMq().virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        try {
            connection = factory.newConnection("benchmark");
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
        channel = connection.createChannel();
        channel.basicQos(PREFETCH);
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                receiver.accept(new Received(properties.getMessageId(), envelope.getDeliveryTag()));
            }

            @Override
            public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                if (!signal.isInitiatedByApplication()) {
                    counters.failed("broker: " + signal.getMessage());
                }
            }
        });
    }

    /** The delivery is acknowledged durably, so the broker may forget it. */
    synchronized void settle(long tag) {
        early.add(tag);
        while (early.remove(settled + 1)) {
            settled++;
        }
        if (settled - told >= SETTLED_TOGETHER) {
            tell();
        }
    }

    synchronized void tell() {
        if (settled == told) {
            return;
        }
        try {
            channel.basicAck(settled, true);
            told = settled;
        } catch (IOException e) {
            counters.failed("broker: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        tell();
        connection.close();
    }
}
