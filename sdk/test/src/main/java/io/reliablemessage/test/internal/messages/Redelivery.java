package io.reliablemessage.test.internal.messages;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.registry.Registry;
import io.reliablemessage.test.internal.registry.Subscription;
import java.time.Instant;

/** Sends deliveries, again on their schedule, and gives them up. Guarded by {@link Guard}. */
public final class Redelivery {

    private static final String ACTOR = "service";

    private final Registry registry;
    private final Queues queues;

    public Redelivery(Registry registry, Queues queues) {
        this.registry = registry;
        this.queues = queues;
    }

    /** The message is confirmed: one delivery for each subscription. */
    void open(StoredMessage message, Instant now) {
        var deliverable = deliverable(message, now);
        registry.subscriptionsTo(message.content.topic())
                .filter(subscription -> subscription.receives(message.createdAt))
                .forEach(subscription ->
                        message.deliveries.put(subscription.name(), new StoredDelivery(subscription, deliverable)));
        message.deliveries.values().stream()
                .filter(delivery -> delivery.isDue(now))
                .forEach(delivery -> send(message, delivery, now));
    }

    /** Sends what is due. What still waits in its queue is neither sent again nor given up. */
    public void sendDue(StoredMessage message, Instant now) {
        message.deliveries.values().stream()
                .filter(delivery -> delivery.state == DeliveryState.SENDING && delivery.isDue(now))
                .forEach(delivery -> {
                    if (queues.hasCopy(delivery.subscription, message.id)) {
                        delivery.dueAt = now.plus(policyOf(delivery).waitAfter(delivery.attempts));
                    } else if (delivery.attempts >= policyOf(delivery).attempts()) {
                        bury(message, delivery, "no ack after %d attempts".formatted(delivery.attempts), now);
                    } else {
                        send(message, delivery, now);
                    }
                });
    }

    public void bury(StoredMessage message, StoredDelivery delivery, String reason, Instant now) {
        require(Step.BURY, message, delivery);
        delivery.finish(Step.BURY, reason, now);
        message.record(now, "BURIED", delivery.subscription, ACTOR, reason);
    }

    public void discard(StoredMessage message, StoredDelivery delivery, String actor, Instant now) {
        require(Step.DISCARD, message, delivery);
        delivery.finish(Step.DISCARD, null, now);
        message.record(now, "DISCARDED", delivery.subscription, actor, null);
    }

    /** An operator resends it, with a new schedule. */
    public void revive(StoredMessage message, StoredDelivery delivery, String actor, Instant now) {
        require(Step.REVIVE, message, delivery);
        delivery.revive();
        message.record(now, "RESENT", delivery.subscription, actor, null);
        send(message, delivery, now);
    }

    /** As if it had never been sent. */
    void restart(StoredMessage message, StoredDelivery delivery) {
        delivery.revive();
        delivery.sentAt = null;
        delivery.lastError = null;
        delivery.dueAt = deliverable(message, message.decidedAt == null ? message.createdAt : message.decidedAt);
    }

    void attempt(StoredDelivery delivery, Instant at) {
        delivery.attempts++;
        delivery.sentAt = at;
        delivery.dueAt = at.plus(policyOf(delivery).waitAfter(delivery.attempts));
    }

    private static Instant deliverable(StoredMessage message, Instant decidedAt) {
        return message.deliverAt == null || message.deliverAt.isBefore(decidedAt) ? decidedAt : message.deliverAt;
    }

    private void send(StoredMessage message, StoredDelivery delivery, Instant now) {
        attempt(delivery, now);
        var kind = delivery.attempts == 1 ? "SENT" : "REDELIVERED";
        message.record(now, kind, delivery.subscription, ACTOR, "attempt " + delivery.attempts);
        queues.add(message, delivery);
    }

    private Subscription.Policy policyOf(StoredDelivery delivery) {
        return registry.find(delivery.subscription).map(Subscription::policy).orElse(Subscription.Policy.DEFAULT);
    }

    private static void require(Step step, StoredMessage message, StoredDelivery delivery) {
        if (!step.isAllowedFrom(delivery.state)) {
            throw Problem.refused(message.id, step.name(), delivery.state, "Look at its timeline.");
        }
    }
}
