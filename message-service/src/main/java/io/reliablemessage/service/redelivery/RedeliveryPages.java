package io.reliablemessage.service.redelivery;

import static io.reliablemessage.service.model.DeliveryTransition.BURY;
import static io.reliablemessage.service.redelivery.RedeliveryStore.Rest.CONSUMER;
import static io.reliablemessage.service.redelivery.RedeliveryStore.Rest.QUEUE;

import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.service.publishing.QueueBacklogs;
import io.reliablemessage.service.redelivery.RedeliveryStore.ClaimedPage;
import io.reliablemessage.service.redelivery.RedeliveryStore.DueSubscription;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Takes up a page of one subscription's due deliveries, within its rate, and hands the claimed ones to publishing. */
@Component
class RedeliveryPages {

    private final RedeliveryStore deliveries;
    private final RateLimitStore pace;
    private final QueueBacklogs backlogs;
    private final Publishing publishing;
    private final LedgerTransactions ledger;
    private final TransitionMetrics metrics;

    RedeliveryPages(
            RedeliveryStore deliveries,
            RateLimitStore pace,
            QueueBacklogs backlogs,
            Publishing publishing,
            LedgerTransactions ledger,
            TransitionMetrics metrics) {
        this.deliveries = deliveries;
        this.pace = pace;
        this.backlogs = backlogs;
        this.publishing = publishing;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    List<DueSubscription> due() {
        var due = deliveries.subscriptions();
        backlogs.request(due.stream()
                .filter(each -> each.rest() != CONSUMER)
                .map(DueSubscription::queue)
                .toList());
        return due;
    }

    Page take(DueSubscription due, int most) {
        // Sending again what may still wait would multiply it; what was never sent cannot wait there.
        var waiting = waiting(due);
        var taken = ledger.commit(() -> takeUp(due, most, waiting));
        publishing.publish(taken.dispatches());
        metrics.count(BURY, taken.buried());
        var size = taken.dispatches().size() + taken.buried() + taken.postponed();
        var moved = size > taken.postponed();
        if (waiting.isPresent() && size > 0 && !moved) {
            var rest = waiting.get() ? QUEUE : CONSUMER;
            deliveries.rest(due.subscription(), rest);
            return new Page(taken, Optional.of(due.resting(rest)));
        }
        return new Page(taken, moved && size == most ? Optional.of(due) : Optional.empty());
    }

    /** Whether messages wait in the queue of what is to be looked through; empty: only what was never sent is. */
    private Optional<Boolean> waiting(DueSubscription due) {
        return switch (due.rest()) {
            case NOTHING -> backlogs.isWaiting(due.queue());
            case QUEUE -> backlogs.isWaiting(due.queue()).filter(isWaiting -> !isWaiting);
            case CONSUMER -> Optional.empty();
        };
    }

    private ClaimedPage takeUp(DueSubscription due, int most, Optional<Boolean> waiting) {
        var rate = due.ratePerSecond();
        if (rate == null) {
            return takeUpUnbounded(due, most, waiting);
        }
        var allowed = Math.min(most, pace.allowance(due.subscription(), rate));
        if (allowed == 0) {
            return new ClaimedPage(List.of(), 0, 0);
        }
        var taken = takeUpUnbounded(due, allowed, waiting);
        pace.pay(due.subscription(), rate, taken.dispatches().size());
        return taken;
    }

    private ClaimedPage takeUpUnbounded(DueSubscription due, int most, Optional<Boolean> waiting) {
        return waiting.map(isWaiting -> deliveries.takeUp(due.subscription(), most, isWaiting))
                .orElseGet(() -> deliveries.takeUpNeverSent(due.subscription(), most));
    }

    /**
     * A page and what to do after it.
     *
     * @param next the subscription's next turn; empty: it has nothing more for now
     */
    record Page(ClaimedPage taken, Optional<DueSubscription> next) {}
}
