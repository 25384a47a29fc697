package io.reliablemessage.service.publishing.rabbit;

import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.publishing.PublishingProperties;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Refuses the user that every RabbitMQ has, with the password that everybody knows: anyone could publish as we do. */
@Component
class BrokerUserCheck implements SmartLifecycle {

    private static final String GUEST = "guest";

    private final CachingConnectionFactory connections;
    private final boolean isAllowed;

    BrokerUserCheck(CachingConnectionFactory connections, PublishingProperties publishing) {
        this.connections = connections;
        this.isAllowed = publishing.allowGuest();
    }

    /** Before anything is sent; a run that only trains the image has no broker and does not get here. */
    @Override
    public void start() {
        var broker = connections.getRabbitConnectionFactory();
        if (!isAllowed && GUEST.equals(broker.getUsername()) && GUEST.equals(broker.getPassword())) {
            throw new UnsafeSetting(
                    "The service would log in at RabbitMQ as guest, with the password that everybody knows.",
                    "Make a user (rabbitmqctl add_user, set_permissions) and set spring.rabbitmq.username and"
                            + " spring.rabbitmq.password; then delete guest. On a developer's machine,"
                            + " message-service.publishing.allow-guest=true lets it start.");
        }
    }

    @Override
    public void stop() {
        // nothing runs
    }

    @Override
    public boolean isRunning() {
        return false;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
