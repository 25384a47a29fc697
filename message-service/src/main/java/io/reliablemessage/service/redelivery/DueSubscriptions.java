package io.reliablemessage.service.redelivery;

import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.CONSUMER;
import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.QUEUE;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.reliablemessage.service.publishing.QueueBacklogs;
import io.reliablemessage.service.publishing.RefusingQueues;
import io.reliablemessage.service.redelivery.DueSubscriptionStore.DueSubscription;
import io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest;
import io.reliablemessage.service.redelivery.QueueObservationStore.Observation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /** Finds them and looks at their queues once: what is sent from now on does not change what was seen. */
    List<Turn> find() {
        var due = store.subscriptions();
        var looked = due.stream().filter(each -> each.rest() != CONSUMER).toList();
        backlogs.request(looked.stream().map(DueSubscription::queue).toList());
        var seen = looked.stream()
                .map(this::observed)
                .flatMap(Optional::stream)
                .collect(toMap(Observation::subscription, identity()));
        observations.observe(List.copyOf(seen.values()));
        return due.stream()
                .map(each -> new Turn(each, !isQueueKnown(each, seen.get(each.subscription()))))
                .toList();
    }

    private Optional<Observation> observed(DueSubscription due) {
        return backlogs.backlog(due.queue()).map(backlog -> new Observation(due.subscription(), backlog));
    }

    /** Whether it is known what waits in the queue, and worth a look at more than was never sent. */
    private static boolean isQueueKnown(DueSubscription due, @Nullable Observation seen) {
        return seen != null && (due.rest() != QUEUE || seen.backlog().messages() == 0);
    }

    /** How many of its due deliveries are worth a try; few or none while the broker refuses them all. */
    int worthTrying(DueSubscription due, int most) {
        return refusing.worthTrying(due.queue(), most);
    }

    void rest(DueSubscription due, Rest rest) {
        store.rest(due.subscription(), rest);
    }

    /**
     * A page to be taken from a subscription.
     *
     * @param isNeverSentOnly what was sent before may wait in the queue, and is left alone by this call
     */
    record Turn(DueSubscription due, boolean isNeverSentOnly) {

        Turn withNeverSentOnly() {
            return new Turn(due, true);
        }
    }
}
