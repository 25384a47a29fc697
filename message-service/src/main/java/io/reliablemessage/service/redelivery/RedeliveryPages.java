package io.reliablemessage.service.redelivery;

import static io.reliablemessage.service.model.DeliveryTransition.BURY;
import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.CONSUMER;
import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.QUEUE;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.service.redelivery.DueSubscriptionStore.DueSubscription;
import io.reliablemessage.service.redelivery.RedeliveryStore.Due;
import io.reliablemessage.service.redelivery.RedeliveryStore.Step;
import io.reliablemessage.service.redelivery.RedeliveryStore.Terms;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Processes a page of one subscription's due deliveries within its rate, and hands the claimed ones to publishing. */
@Component
class RedeliveryPages {

    private final DueSubscriptions subscriptions;
    private final RedeliveryStore deliveries;
    private final RateLimitStore pace;
    private final Publishing publishing;
    private final LedgerClaims ledger;
    private final TransitionMetrics metrics;

    RedeliveryPages(
            DueSubscriptions subscriptions,
            RedeliveryStore deliveries,
            RateLimitStore pace,
            Publishing publishing,
            LedgerClaims ledger,
            TransitionMetrics metrics) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.pace = pace;
        this.publishing = publishing;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    List<DueSubscription> due() {
        return subscriptions.find();
    }

    Page take(DueSubscription due, int room) {
        var most = subscriptions.worthTrying(due, room);
        if (most == 0) {
            return Page.NOTHING;
        }
        // What was never sent cannot wait in the queue, whatever is known of it.
        var isNeverSentOnly = !subscriptions.isQueueKnown(due);
        var taken = ledger.commit(claim -> takeUp(new Taking(claim, due, most, isNeverSentOnly)));
        publishing.publish(taken.dispatches());
        metrics.count(BURY, taken.buried());
        var moved = taken.sent() + taken.buried();
        if (!isNeverSentOnly && taken.postponed() > 0 && taken.postponed() == taken.locked()) {
            var rest = taken.isQueued() ? QUEUE : CONSUMER;
            subscriptions.rest(due, rest);
            return taken.then(due.resting(rest));
        }
        return moved > 0 && taken.locked() == room ? taken.then(due) : taken;
    }

    private Page takeUp(Taking taking) {
        return deliveries
                .terms(taking.due.subscription())
                .map(terms -> takeUpWithinRate(taking, terms))
                .orElse(Page.NOTHING);
    }

    private Page takeUpWithinRate(Taking taking, Terms terms) {
        var due = taking.due;
        var rate = due.ratePerSecond();
        if (rate == null) {
            return takeUp(taking, terms, taking.most);
        }
        var allowed = Math.min(taking.most, pace.allowance(due.subscription(), rate));
        if (allowed == 0) {
            return Page.NOTHING;
        }
        var taken = takeUp(taking, terms, allowed);
        pace.pay(due.subscription(), rate, taken.sent());
        return taken;
    }

    private Page takeUp(Taking taking, Terms terms, int most) {
        var locked = taking.isNeverSentOnly ? deliveries.lockNeverSent(terms, most) : deliveries.lock(terms, most);
        var toBury = with(locked, Step.BURY);
        deliveries.bury(terms, toBury);
        var dispatches =
                deliveries.claim(taking.claim, terms, with(locked, Step.SEND, Step.SEND_LAST, Step.SEND_AGAIN));
        var postponed = with(locked, Step.POSTPONE).size();
        return new Page(dispatches, toBury.size(), postponed, locked.size(), terms.isQueued(), Optional.empty());
    }

    private static List<Due> with(List<Due> locked, Step... steps) {
        return locked.stream()
                .filter(due -> List.of(steps).contains(due.step()))
                .toList();
    }

    /** A page to be taken, in a transaction whose sends are claimed. */
    private record Taking(Claim claim, DueSubscription due, int most, boolean isNeverSentOnly) {}

    /**
     * The result of a page of due deliveries, and what to do after it.
     *
     * @param dispatches claimed, to be sent after the commit
     * @param buried given up
     * @param postponed left as they are, since they most likely wait in the queue
     * @param locked all that it looked at
     * @param isQueued whether messages wait in the queue
     * @param next the subscription's next turn; empty: it has nothing more for now
     */
    record Page(
            List<Dispatch> dispatches,
            int buried,
            int postponed,
            int locked,
            boolean isQueued,
            Optional<DueSubscription> next) {

        static final Page NOTHING = new Page(List.of(), 0, 0, 0, false, Optional.empty());

        int sent() {
            return dispatches.size();
        }

        Page then(DueSubscription next) {
            return new Page(dispatches, buried, postponed, locked, isQueued, Optional.of(next));
        }
    }
}
