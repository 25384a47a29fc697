package io.reliablemessage.service.admin.action;

import static io.reliablemessage.api.ProblemType.NOT_ASKED;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static io.reliablemessage.service.model.DeliveryTransition.DISCARD;
import static io.reliablemessage.service.model.DeliveryTransition.REVIVE;

import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.decision.DecisionRequest;
import io.reliablemessage.service.decision.DecisionResult;
import io.reliablemessage.service.decision.Decisions;
import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.MessageTransition;
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.problem.Problem;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Applies an operator's actions to one message. An action already done is a success; a refusal names the current state.
 */
@Component
public class MessageActions {

    private final MessageActionStore messages;
    private final Decisions decisions;
    private final AuditLog audit;
    private final TransitionMetrics metrics;
    private final LedgerTransactions ledger;

    MessageActions(
            MessageActionStore messages,
            Decisions decisions,
            AuditLog audit,
            TransitionMetrics metrics,
            LedgerTransactions ledger) {
        this.messages = messages;
        this.decisions = decisions;
        this.audit = audit;
        this.metrics = metrics;
        this.ledger = ledger;
    }

    /** Due at once; recovery-job triggers the send. */
    List<DeliveryStatus> resend(MessageId id, @Nullable String subscription, OperatorAction action) {
        return apply(id, subscription, REVIVE, "RESEND", action, () -> messages.revive(id, subscription, action));
    }

    List<DeliveryStatus> discard(MessageId id, @Nullable String subscription, OperatorAction action) {
        return apply(id, subscription, DISCARD, "DISCARD", action, () -> messages.discard(id, subscription, action));
    }

    private List<DeliveryStatus> apply(
            MessageId id,
            @Nullable String subscription,
            DeliveryTransition step,
            String what,
            OperatorAction action,
            Supplier<List<DeliveryStatus>> write) {
        var settled = ledger.commit(() -> {
            var changed = write.get();
            if (!changed.isEmpty()) {
                audit.record(what, id.toString(), action);
            }
            return changed;
        });
        metrics.count(step, settled.size());
        return settled.isEmpty() ? standing(id, subscription, step) : settled;
    }

    private List<DeliveryStatus> standing(MessageId id, @Nullable String subscription, DeliveryTransition step) {
        var standing = messages.deliveries(id, subscription);
        if (standing.isEmpty()) {
            throw without(id, subscription, step);
        }
        var done = standing.stream()
                .filter(delivery -> delivery.state() == step.to())
                .toList();
        if (done.isEmpty()) {
            var first = standing.getFirst();
            throw Problems.refused(
                    id, step, first.state(), "Its delivery to %s is final.".formatted(first.subscription()));
        }
        return done; // the same action again, though it could not settle all
    }

    private Problem without(MessageId id, @Nullable String subscription, DeliveryTransition step) {
        var state = messages.find(id).orElseThrow(() -> Problems.notFound(id)).state();
        return subscription == null || messages.deliveries(id, null).isEmpty()
                ? Problems.refused(id, step, state, "It has no delivery.")
                : Problems.without(id, subscription, step, state);
    }

    /**
     * The same with many deliveries, of which each can take the step: in the caller's transaction, counted by the
     * caller.
     */
    public void applyToAll(DeliveryTransition step, List<DeliveryId> names, OperatorAction action) {
        messages.act(step, names, action);
    }

    /** Only for a producer that does not answer: otherwise it could be in the middle of its transaction. */
    MessageStatus decide(MessageId id, MessageTransition step, OperatorAction action) {
        var subject = messages.find(id).orElseThrow(() -> Problems.notFound(id));
        var isPending = subject.state() == MessageState.PENDING_CONFIRM;
        if (isPending && !subject.isSuspect()) {
            throw Problems.refused(
                    id, step, subject.state(), "Check-backs are still under way; decide when it is suspect.");
        }
        var request = new DecisionRequest(id, subject.producer(), action.actor(), step);
        var decided = decisions.claim(
                List.of(id),
                claim -> ledger.commit(() -> {
                    var outcome = decideOrAgain(request, claim);
                    if (outcome instanceof DecisionResult.Applied) {
                        messages.recordDecision(id, action);
                        audit.record(step.name(), id.toString(), action);
                    }
                    return outcome;
                }));
        decisions.committed(request, decided);
        return answer(id, step, decided);
    }

    private DecisionResult decideOrAgain(DecisionRequest request, Claim claim) {
        for (var attempt = 0; attempt < 2; attempt++) {
            var decided = decisions.decide(List.of(request), claim).getFirst();
            if (decided != null) {
                return decided;
            }
        }
        throw new Problem(
                UNAVAILABLE, "Others are changing message %s at this moment. Repeat the call.".formatted(request.id()));
    }

    private static MessageStatus answer(MessageId id, MessageTransition step, DecisionResult decided) {
        return switch (decided) {
            case DecisionResult.Applied applied -> new MessageStatus(id.toString(), applied.state());
            case DecisionResult.Repeated repeated -> new MessageStatus(id.toString(), repeated.state());
            case DecisionResult.Refused refused ->
                throw Problems.refused(id, step, refused.actual(), "A decision is final.");
            case DecisionResult.Unroutable unroutable ->
                throw Problems.refused(
                        id,
                        step,
                        MessageState.PENDING_CONFIRM,
                        "Every subscription of topic %s is retired; register one first.".formatted(unroutable.topic()));
            case DecisionResult.Unknown unknown -> throw Problems.notFound(id);
        };
    }

    /** Makes the check-back of one message due now. */
    MessageStatus ask(MessageId id, OperatorAction action) {
        var subject = messages.find(id).orElseThrow(() -> Problems.notFound(id));
        if (subject.state() == MessageState.PENDING_CONFIRM && !subject.isAskable()) {
            throw new Problem(
                            NOT_ASKED,
                            "Application %s has registered no check URL, so there is no check-back about message %s."
                                    .formatted(subject.producer(), id))
                    .with("messageId", id)
                    .with("application", subject.producer());
        }
        var isPending = ledger.commit(() -> {
            var isAsked = messages.ask(id, action);
            if (isAsked) {
                audit.record("CHECKBACK", id.toString(), action);
            }
            return isAsked;
        });
        if (!isPending) {
            var state =
                    messages.find(id).orElseThrow(() -> Problems.notFound(id)).state();
            throw Problems.refused(id, "CHECKBACK", state, "It is already decided.");
        }
        return new MessageStatus(id.toString(), MessageState.PENDING_CONFIRM);
    }
}
