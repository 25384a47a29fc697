package io.reliablemessage.service.publishing;

import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.stereotype.Component;

/**
 * Publishing's own connection. Channels are opened on it directly: Spring's cached ones with correlated confirms
 * cost three times the broker's CPU.
 */
@Component
class BrokerConnection {

    private final CachingConnectionFactory connections;
    private final BrokerMetrics metrics;
    private volatile boolean blocked;
    private volatile long takingSince = System.nanoTime();
    private volatile int generation;

    BrokerConnection(CachingConnectionFactory connections, BrokerMetrics metrics) {
        this.metrics = metrics;
        this.connections =
                (CachingConnectionFactory) Objects.requireNonNull(connections.getPublisherConnectionFactory());
        this.connections.addConnectionListener(this::watch);
    }

    private void watch(@Nullable Connection connection) {
        blocked = false;
        if (connection == null) {
            return;
        }
        generation++; // only publishing's own thread connects
        BlockedCallback onBlock = reason -> blocked = true;
        connection.getDelegate().addBlockedListener(onBlock, this::unblocked);
    }

    private void unblocked() {
        takingSince = System.nanoTime();
        blocked = false;
    }

    /** Opens a channel, connecting first when there is no connection. */
    Channel newChannel() throws IOException {
        var delegate = connections.createConnection().getDelegate();
        var channel = delegate.createChannel();
        if (channel == null) {
            throw new IOException("the broker grants no more channels on this connection");
        }
        metrics.opened(channel);
        return channel;
    }

    /** Counts the connections made. */
    int generation() {
        return generation;
    }

    /** The broker is short of memory or disk and takes nothing. */
    boolean isBlocked() {
        return blocked;
    }

    /** When the broker was last heard to take again what is sent, by {@link System#nanoTime}. */
    long takingSince() {
        return takingSince;
    }

    /** Ends the connection; the next channel makes a new one. */
    void drop() {
        connections.resetConnection();
    }
}
