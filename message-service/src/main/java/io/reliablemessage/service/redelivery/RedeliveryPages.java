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

/** Processes a page of one subscription's due deliveries within its rate, and hands the claimed ones to publishing. */
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
        // A redelivery of a message that still waits in the queue would duplicate it; one never sent cannot wait there.
        var scope = scope(due);
        var taken = ledger.commit(() -> takeUp(due, most, scope));
        publishing.publish(taken.dispatches());
        metrics.count(BURY, taken.buried());
        var size = taken.dispatches().size() + taken.buried() + taken.postponed();
        var moved = size > taken.postponed();
        if (scope != Scope.NEVER_SENT && size > 0 && !moved) {
            var rest = scope == Scope.QUEUE_HAS_MESSAGES ? QUEUE : CONSUMER;
            deliveries.rest(due.subscription(), rest);
            return new Page(taken, Optional.of(due.resting(rest)));
        }
        return new Page(taken, moved && size == most ? Optional.of(due) : Optional.empty());
    }

    /** Which due deliveries are processed. */
    private enum Scope {
        /** All, knowing that messages wait in the queue. */
        QUEUE_HAS_MESSAGES,
        /** All, knowing that the queue is empty. */
        QUEUE_IS_EMPTY,
        /** Those that cannot be in the queue. */
        NEVER_SENT
    }

    private Scope scope(DueSubscription due) {
        if (due.rest() == CONSUMER) {
            return Scope.NEVER_SENT;
        }
        var scope = backlogs.backlog(due.queue())
                .map(backlog -> backlog.messages() > 0 ? Scope.QUEUE_HAS_MESSAGES : Scope.QUEUE_IS_EMPTY)
                .orElse(Scope.NEVER_SENT);
        return due.rest() == QUEUE && scope == Scope.QUEUE_HAS_MESSAGES ? Scope.NEVER_SENT : scope;
    }

    private ClaimedPage takeUp(DueSubscription due, int most, Scope scope) {
        var rate = due.ratePerSecond();
        if (rate == null) {
            return takeUpUnbounded(due, most, scope);
        }
        var allowed = Math.min(most, pace.allowance(due.subscription(), rate));
        if (allowed == 0) {
            return new ClaimedPage(List.of(), 0, 0);
        }
        var taken = takeUpUnbounded(due, allowed, scope);
        pace.pay(due.subscription(), rate, taken.dispatches().size());
        return taken;
    }

    private ClaimedPage takeUpUnbounded(DueSubscription due, int most, Scope scope) {
        return scope == Scope.NEVER_SENT
                ? deliveries.takeUpNeverSent(due.subscription(), most)
                : deliveries.takeUp(due.subscription(), most, scope == Scope.QUEUE_HAS_MESSAGES);
    }

    /**
     * A page and what to do after it.
     *
     * @param next the subscription's next turn; empty: it has nothing more for now
     */
    record Page(ClaimedPage taken, Optional<DueSubscription> next) {}
}
