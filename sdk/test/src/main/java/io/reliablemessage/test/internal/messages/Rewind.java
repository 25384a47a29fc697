package io.reliablemessage.test.internal.messages;

import io.reliablemessage.test.internal.http.Guard;
import java.time.Instant;

/**
 * Puts messages back to what they were at an earlier time, as their timelines have it. Guarded by {@link Guard}.
 *
 * @param to what happened later is forgotten
 */
record Rewind(Instant to, Redelivery redelivery) {

    /** A message that was stored by then. */
    void apply(StoredMessage message) {
        var isChanged = message.events.removeIf(event -> event.at().isAfter(to));
        if (message.decidedAt != null && message.decidedAt.isAfter(to)) {
            message.reopen();
        }
        if (isChanged && message.isPending()) {
            recountChecks(message);
        }
        if (isChanged) {
            message.deliveries.values().forEach(delivery -> replay(message, delivery));
        }
    }

    private static void recountChecks(StoredMessage message) {
        message.checkAttempts = 0;
        message.checkAnswer = null;
        message.checkDueAt = message.decisionDueAt;
        for (var event : message.events) {
            if (event.kind().equals("CHECKED_BACK")) {
                message.checkAttempts++;
                message.checkAnswer = event.detail();
            }
        }
    }

    private void replay(StoredMessage message, StoredDelivery delivery) {
        redelivery.restart(message, delivery);
        for (var event : message.events) {
            if (delivery.subscription.equals(event.subscription())) {
                replay(event, delivery);
            }
        }
    }

    private void replay(StoredMessage.Event event, StoredDelivery delivery) {
        switch (event.kind()) {
            case "SENT", "REDELIVERED" -> redelivery.attempt(delivery, event.at());
            case "RESENT" -> delivery.revive();
            case "CONSUMED", "LATE_ACK" -> delivery.finish(Step.ACK, null, event.at());
            case "REJECTED" -> delivery.finish(Step.REJECT, event.detail(), event.at());
            case "BURIED" -> delivery.finish(Step.BURY, event.detail(), event.at());
            case "DISCARDED" -> delivery.finish(Step.DISCARD, null, event.at());
            default -> throw new IllegalStateException("no event of a delivery: " + event.kind());
        }
    }
}
