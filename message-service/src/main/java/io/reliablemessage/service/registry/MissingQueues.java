package io.reliablemessage.service.registry;

import io.reliablemessage.service.publishing.BrokerReached;
import io.reliablemessage.service.publishing.Queues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Declares every queue in use whenever the broker is reached: it may have been away at start, or lost its data. */
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
            subscriptions.queuesInUse().forEach(queues::declare);
        } catch (DataAccessException | Queues.BrokerUnavailable unavailable) {
            log.atWarn()
                    .setCause(unavailable)
                    .log("not every queue could be declared; a missing one is declared again when a message needs it");
        }
    }
}
