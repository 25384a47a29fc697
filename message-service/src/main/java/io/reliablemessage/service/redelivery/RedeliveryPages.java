package io.reliablemessage.service.redelivery;

import static io.reliablemessage.service.model.DeliveryTransition.BURY;
import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.CONSUMER;
import static io.reliablemessage.service.redelivery.DueSubscriptionStore.Rest.QUEUE;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.service.redelivery.DueSubscriptions.Turn;
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

    List<Turn> due() {
        return subscriptions.find();
    }

    /** Every page but a subscription's last moves something, or is its last look at what was sent before. */
    Page take(Turn turn, int room) {
        var due = turn.due();
        var most = subscriptions.worthTrying(due, room);
        if (most == 0) {
            return Page.NOTHING;
        }
        var taken = ledger.commit(claim -> takeUp(new Taking(claim, turn, most)));
        publishing.publish(taken.dispatches());
        metrics.count(BURY, taken.buried());
        var moved = taken.sent() + taken.buried();
        if (taken.postponed() > 0 && taken.postponed() == taken.locked()) {
            subscriptions.rest(due, taken.isQueued() ? QUEUE : CONSUMER);
            return taken.then(turn.withNeverSentOnly());
        }
        return moved > 0 && taken.locked() == room ? taken.then(turn) : taken;
    }

    private Page takeUp(Taking taking) {
        return deliveries
                .terms(taking.turn.due().subscription())
                .map(terms -> takeUpWithinRate(taking, terms))
                .orElse(Page.NOTHING);
    }

    private Page takeUpWithinRate(Taking taking, Terms terms) {
        var due = taking.turn.due();
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
        var locked =
                taking.turn.isNeverSentOnly() ? deliveries.lockNeverSent(terms, most) : deliveries.lock(terms, most);
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
    private record Taking(Claim claim, Turn turn, int most) {}

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
            List<Dispatch> dispatches, int buried, int postponed, int locked, boolean isQueued, Optional<Turn> next) {

        static final Page NOTHING = new Page(List.of(), 0, 0, 0, false, Optional.empty());

        int sent() {
            return dispatches.size();
        }

        Page then(Turn next) {
            return new Page(dispatches, buried, postponed, locked, isQueued, Optional.of(next));
        }
    }
}
