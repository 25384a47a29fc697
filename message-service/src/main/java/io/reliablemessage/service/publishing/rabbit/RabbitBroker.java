package io.reliablemessage.service.publishing.rabbit;

import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import io.reliablemessage.service.publishing.Broker;
import io.reliablemessage.service.publishing.BrokerChannel;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.stereotype.Component;

/**
 * Publishing's own connection to RabbitMQ. Channels are opened on it directly: Spring's cached ones with correlated
 * confirms cost three times the broker's CPU.
 */
@Component
class RabbitBroker implements Broker {

    private final CachingConnectionFactory connections;
    private final OpenChannels openChannels;
    private final RabbitQueues queues;
    private final WriteWatch writes = new WriteWatch(this::acceptingFor);
    private volatile boolean blocked;
    private volatile long acceptingSince = System.nanoTime();
    private volatile int generation;

    RabbitBroker(CachingConnectionFactory connections, OpenChannels openChannels, RabbitQueues queues) {
        this.connections =
                (CachingConnectionFactory) Objects.requireNonNull(connections.getPublisherConnectionFactory());
        this.openChannels = openChannels;
        this.queues = queues;
        this.connections.addConnectionListener(this::watch);
        boundWrites(connections.getRabbitConnectionFactory());
    }

    private void boundWrites(ConnectionFactory factory) {
        factory.setSocketConfigurator(factory.getSocketConfigurator().andThen(writes));
        // Without it the client, when heartbeats are missing, waits to close a connection for the write that hangs.
        factory.setShutdownExecutor(Executors.newVirtualThreadPerTaskExecutor());
    }

    private void watch(@Nullable Connection connection) {
        blocked = false;
        if (connection == null) {
            return;
        }
        generation++; // only publishing's own thread connects
        BlockedCallback onBlock = reason -> blocked = true;
        connection.getDelegate().addBlockedListener(onBlock, this::unblocked);
        writes.start();
    }

    private void unblocked() {
        acceptingSince = System.nanoTime();
        blocked = false;
    }

    @Override
    public String system() {
        return "rabbitmq";
    }

    @Override
    public BrokerChannel open(BrokerChannel.Listener listener) throws IOException {
        writes.beginOpening();
        try {
            var channel = connections.createConnection().getDelegate().createChannel();
            if (channel == null) {
                throw new IOException("the broker grants no more channels on this connection");
            }
            openChannels.add(channel);
            return confirming(channel, listener);
        } catch (AmqpException outOfReach) {
            throw new IOException(outOfReach);
        } finally {
            writes.end();
        }
    }

    private BrokerChannel confirming(Channel channel, BrokerChannel.Listener listener) throws IOException {
        try {
            return RabbitChannel.confirming(channel, listener, writes);
        } catch (Throwable failed) {
            channel.abort();
            throw failed;
        }
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public boolean isBlocked() {
        return blocked;
    }

    @Override
    public long acceptingSince() {
        return acceptingSince;
    }

    private long acceptingFor() {
        return blocked ? 0 : System.nanoTime() - acceptingSince;
    }

    @Override
    public void disconnect() {
        writes.close(); // first: a connection is closed in order by a write, and by an answer
        connections.resetConnection();
    }

    @Override
    public void declare(String queue) {
        queues.declare(queue);
    }

    @Override
    public Backlog backlog(String queue) {
        return queues.backlog(queue);
    }
}
