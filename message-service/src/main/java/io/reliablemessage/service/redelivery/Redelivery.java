package io.reliablemessage.service.redelivery;

import static io.reliablemessage.service.message.DeliveryTransition.BURY;

import io.reliablemessage.api.RedeliveryReport;
import io.reliablemessage.service.message.DueStore;
import io.reliablemessage.service.message.TransitionMetrics;
import io.reliablemessage.service.platform.database.Ledger;
import io.reliablemessage.service.publishing.Publishing;
import java.util.ArrayDeque;
import java.util.List;
import org.springframework.stereotype.Component;

/** Goes round the subscriptions a page at a time, so that one with a long backlog does not keep the others waiting. */
@Component
class Redelivery {

    private static final int PAGE = 50;

    private final DueStore deliveries;
    private final Publishing publishing;
    private final Ledger ledger;
    private final TransitionMetrics metrics;

    Redelivery(DueStore deliveries, Publishing publishing, Ledger ledger, TransitionMetrics metrics) {
        this.deliveries = deliveries;
        this.publishing = publishing;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** While the broker is away nothing is even buried: the consumer could not have got the last attempt. */
    RedeliveryReport run(int limit) {
        var sent = 0;
        var buried = 0;
        var turn = new ArrayDeque<>(
                publishing.accepts() ? deliveries.subscriptionsWithDueDeliveries() : List.<String>of());
        while (!turn.isEmpty() && publishing.accepts() && sent + buried < limit) {
            var subscription = turn.removeFirst();
            var page = Math.min(PAGE, limit - sent - buried);
            var ended = bury(subscription, page);
            var claimed = claim(subscription, Math.min(page, publishing.room()));
            sent += claimed;
            buried += ended;
            if (ended == page || claimed == page) {
                turn.addLast(subscription);
            }
        }
        return new RedeliveryReport(sent, buried, !turn.isEmpty() && publishing.accepts(), publishing.accepts());
    }

    private int claim(String subscription, int page) {
        var claimed = ledger.commit(() -> deliveries.claim(subscription, page));
        publishing.publish(claimed);
        return claimed.size();
    }

    private int bury(String subscription, int page) {
        var buried = ledger.commit(() -> deliveries.bury(subscription, page));
        metrics.count(BURY, buried);
        return buried;
    }
}
