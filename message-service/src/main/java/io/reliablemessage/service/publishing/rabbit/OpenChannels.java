package io.reliablemessage.service.publishing.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownNotifier;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Counts open connections and channels: {@code reliable.message.broker.*}, Spring's cached channels included.
 *
 * <p>Each is removed by its own shutdown listener, whoever closed it, so a leaked one stays counted.
 */
@Component
class OpenChannels {

    private final Set<ShutdownNotifier> connections = ConcurrentHashMap.newKeySet();
    private final Set<ShutdownNotifier> channels = ConcurrentHashMap.newKeySet();

    OpenChannels(CachingConnectionFactory factory, MeterRegistry meters) {
        watch(factory);
        if (factory.getPublisherConnectionFactory() instanceof AbstractConnectionFactory publishers) {
            watch(publishers);
        }
        Gauge.builder("reliable.message.broker.connections", connections, Set::size)
                .description("Open connections to the broker")
                .register(meters);
        Gauge.builder("reliable.message.broker.channels", channels, Set::size)
                .description("Open channels on the connections to the broker")
                .register(meters);
    }

    private void watch(AbstractConnectionFactory factory) {
        factory.addConnectionListener(connection -> {
            var delegate = connection == null ? null : connection.getDelegate();
            if (delegate != null) {
                add(delegate, connections);
            }
        });
        factory.addChannelListener((channel, transactional) -> add(channel));
    }

    /** Counts a channel, which need not have been opened by way of Spring. */
    void add(Channel channel) {
        add(channel, channels);
    }

    private static void add(ShutdownNotifier opened, Set<ShutdownNotifier> open) {
        open.add(opened);
        opened.addShutdownListener(reason -> open.remove(opened)); // called at once if it has ended meanwhile
    }
}
