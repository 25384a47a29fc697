package io.reliablemessage.service.publishing.rabbit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reliablemessage.service.publishing.Broker;
import io.reliablemessage.service.publishing.FaultyBroker;
import io.reliablemessage.service.publishing.PublishingProperties;
import java.time.Duration;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.unit.DataSize;

/** An AMQP broker behind a proxy that puts the faults into the stream, the same for RabbitMQ and the embedded one. */
public final class FaultyRabbit implements FaultyBroker {

    private static final int RPC_TIMEOUT = 3_000;

    private final AmqpProxy proxy;
    private final CachingConnectionFactory connections;
    private final CachingConnectionFactory consumers;
    private final RabbitBroker broker;

    private FaultyRabbit(AmqpProxy proxy, CachingConnectionFactory connections, CachingConnectionFactory consumers) {
        this.proxy = proxy;
        this.connections = connections;
        this.consumers = consumers;
        var properties = new PublishingProperties(
                "", "quorum", 100, DataSize.ofMegabytes(1), 100, DataSize.ofMegabytes(1), Duration.ofSeconds(5), false);
        broker = new RabbitBroker(
                connections,
                new OpenChannels(connections, new SimpleMeterRegistry()),
                new RabbitQueues(new RabbitTemplate(connections), properties));
    }

    public static FaultyRabbit at(io.reliablemessage.testing.Broker server) {
        var proxy = new AmqpProxy(server.port());
        return new FaultyRabbit(proxy, connections(server, proxy.port()), connections(server, server.port()));
    }

    private static CachingConnectionFactory connections(io.reliablemessage.testing.Broker server, int port) {
        var factory = new CachingConnectionFactory(server.host(), port);
        factory.setUsername(server.username());
        factory.setPassword(server.password());
        factory.setVirtualHost(server.virtualHost());
        factory.setConnectionTimeout(RPC_TIMEOUT);
        factory.setCloseTimeout(RPC_TIMEOUT);
        factory.getRabbitConnectionFactory().setChannelRpcTimeout(RPC_TIMEOUT);
        return factory;
    }

    @Override
    public Broker broker() {
        return broker;
    }

    @Override
    public void consume(String queue) {
        new RabbitTemplate(consumers).execute(ignored -> {
            var channel = consumers.createConnection().createChannel(false);
            channel.basicQos(1);
            return channel.basicConsume(queue, false, (tag, delivery) -> {}, tag -> {});
        });
    }

    @Override
    public void refuseSends(boolean refuse) {
        proxy.refuse(refuse);
    }

    @Override
    public void closeChannels(boolean close) {
        proxy.closeChannels(close);
    }

    @Override
    public void block(boolean block) {
        proxy.block(block);
    }

    @Override
    public void freeze(boolean freeze) {
        proxy.freeze(freeze);
    }

    @Override
    public void vanish() {
        proxy.vanish();
    }

    @Override
    public void cutConnections() {
        proxy.cut();
    }

    @Override
    public void close() {
        proxy.close();
        connections.destroy();
        consumers.destroy();
    }
}
