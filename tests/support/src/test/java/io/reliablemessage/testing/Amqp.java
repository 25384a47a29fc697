package io.reliablemessage.testing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** A connection with one channel. */
record Amqp(Connection connection, Channel channel) implements AutoCloseable {

    static Amqp connectedTo(Broker broker) throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        var connection = factory.newConnection();
        return new Amqp(connection, connection.createChannel());
    }

    String declareQuorumQueue() throws IOException {
        var name = "queue-" + UUID.randomUUID();
        channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", "quorum"));
        return name;
    }

    void publish(String queue, byte[] body) throws IOException {
        channel.basicPublish("", queue, true, MessageProperties.PERSISTENT_BASIC, body);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
