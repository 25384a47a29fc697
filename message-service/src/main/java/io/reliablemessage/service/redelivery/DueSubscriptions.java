package io.reliablemessage.service.redelivery;

import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.CONSUMER;
import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.QUEUE;

import io.reliablemessage.service.publishing.QueueBacklogs;
import io.reliablemessage.service.publishing.RefusingQueues;
import io.reliablemessage.service.redelivery.DueSubscriptionStore.DueSubscription;
import io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest;
import io.reliablemessage.service.redelivery.QueueObservationStore.Observation;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the subscriptions with due deliveries, and what the broker tells of their queues. */
@Component
class DueSubscriptions {

    private final DueSubscriptionStore store;
    private final QueueBacklogs backlogs;
    private final QueueObservationStore observations;
    private final RefusingQueues refusing;

    DueSubscriptions(
            DueSubscriptionStore store,
            QueueBacklogs backlogs,
            QueueObservationStore observations,
            RefusingQueues refusing) {
        this.store = store;
        this.backlogs = backlogs;
        this.observations = observations;
        this.refusing = refusing;
    }

    List<DueSubscription> find() {
        var due = store.subscriptions();
        var looked = due.stream().filter(each -> each.rest() != CONSUMER).toList();
        backlogs.request(looked.stream().map(DueSubscription::queue).toList());
        observations.observe(
                looked.stream().map(this::observed).flatMap(Optional::stream).toList());
        return due;
    }

    private Optional<Observation> observed(DueSubscription due) {
        return backlogs.backlog(due.queue()).map(backlog -> new Observation(due.subscription(), backlog));
    }

    /** Whether it is known what waits in the queue, and worth a look at more than was never sent. */
    boolean isQueueKnown(DueSubscription due) {
        return due.rest() != CONSUMER
                && backlogs.backlog(due.queue())
                        .filter(backlog -> due.rest() != QUEUE || backlog.messages() == 0)
                        .isPresent();
    }

    /** How many of its due deliveries are worth a try; few or none while the broker refuses them all. */
    int worthTrying(DueSubscription due, int most) {
        return refusing.worthTrying(due.queue(), most);
    }

    void rest(DueSubscription due, Rest rest) {
        store.rest(due.subscription(), rest);
    }
}
