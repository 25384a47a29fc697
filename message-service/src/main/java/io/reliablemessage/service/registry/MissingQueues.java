package io.reliablemessage.service.registry;

import io.reliablemessage.service.publishing.BrokerReached;
import io.reliablemessage.service.publishing.Queues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Declares every queue in use on each connection to the broker: it may have been unavailable at start, or lost its
 * data.
 */
@Component
class MissingQueues {

    private static final Logger log = LoggerFactory.getLogger(MissingQueues.class);

    private final SubscriptionRepository subscriptions;
    private final Queues queues;

    MissingQueues(SubscriptionRepository subscriptions, Queues queues) {
        this.subscriptions = subscriptions;
        this.queues = queues;
    }

    @EventListener
    void declare(BrokerReached reached) {
        try {
            subscriptions.queuesInUse().forEach(this::declare);
        } catch (RuntimeException unavailable) {
            log.atWarn().setCause(unavailable).log("queues in use are not known, so missing ones are not declared now");
        }
    }

    private void declare(String queue) {
        try {
            queues.declare(queue);
        } catch (RuntimeException unavailable) {
            log.atWarn()
                    .addKeyValue("queue", queue)
                    .setCause(unavailable)
                    .log("queue could not be declared; if it is missing, that is done when a message needs it");
        }
    }
}
