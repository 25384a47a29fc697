package io.reliablemessage.service.publishing;

import org.springframework.stereotype.Component;

/** The subscriptions' queues in the broker. */
@Component
public class Queues {

    private final Broker broker;
    private final PublishingProperties properties;

    Queues(Broker broker, PublishingProperties properties) {
        this.broker = broker;
        this.properties = properties;
    }

    /** Names the queue of a subscription. */
    public String nameFor(String subscription) {
        return properties.queuePrefix() + subscription;
    }

    /**
     * Makes sure that a queue exists. An existing one stays as it is, whatever its type.
     *
     * @throws BrokerUnavailable when that cannot be known now
     */
    public void declare(String queue) {
        broker.declare(queue);
    }
}
