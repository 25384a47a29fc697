package io.reliablemessage.service.intake;

import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.service.decision.DecisionRequest;
import io.reliablemessage.service.decision.DecisionResult;
import io.reliablemessage.service.decision.Decisions;
import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.OfGroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stores and decides messages, each by a group commit of its own; publishes only after the commit. */
@Component
class Intake {

    private final PrepareStore messages;
    private final Decisions decisions;
    private final LedgerTransactions ledger;
    private final TransitionMetrics metrics;

    private final GroupCommit<HalfMessage, PrepareResult> prepares;
    private final GroupCommit<Send, Sent> sends;

    Intake(
            PrepareStore messages,
            Decisions decisions,
            @OfGroupCommit LedgerTransactions ledger,
            TransitionMetrics metrics,
            MissingDays missing,
            GroupCommits groupCommits) {
        this.messages = messages;
        this.decisions = decisions;
        this.ledger = ledger;
        this.metrics = metrics;
        this.prepares = groupCommits.open(
                "prepare",
                HalfMessage::bytes,
                HalfMessage::id,
                missing.refusedBy(new PrepareWriter(), message -> message, refusal -> refusal));
        this.sends = groupCommits.open(
                "send",
                send -> send.message().bytes(),
                send -> send.message().id(),
                missing.refusedBy(new SendWriter(), Send::message, refusal -> new Sent(refusal, null)));
    }

    GroupCommit<HalfMessage, PrepareResult> prepares() {
        return prepares;
    }

    GroupCommit<DecisionRequest, DecisionResult> decides() {
        return decisions.groupCommit();
    }

    GroupCommit<Send, Sent> sends() {
        return sends;
    }

    private void count(PrepareResult preparation) {
        if (preparation instanceof PrepareResult.Stored) {
            metrics.prepared(1);
        }
    }

    /** One statement, so it commits by itself. */
    private final class PrepareWriter implements GroupCommit.Writer<HalfMessage, PrepareResult> {

        @Override
        public List<@Nullable PrepareResult> write(List<HalfMessage> requests) {
            return messages.prepare(requests);
        }

        @Override
        public void committed(HalfMessage request, PrepareResult result) {
            count(result);
        }
    }

    /** Confirms a message if it was stored as a half message before. */
    private final class SendWriter implements GroupCommit.Writer<Send, Sent> {

        @Override
        public List<@Nullable Sent> write(List<Send> requests) {
            var stored = new ArrayList<MessageId>();
            return decisions.claim(stored, claim -> ledger.commit(() -> write(requests, claim, stored)));
        }

        private List<@Nullable Sent> write(List<Send> requests, Claim claim, List<MessageId> stored) {
            var preparations = messages.prepareConfirmed(
                    requests.stream().map(Send::message).toList());
            var confirmations = new ArrayList<DecisionRequest>();
            for (var i = 0; i < requests.size(); i++) {
                var send = requests.get(i);
                stored(preparations.get(i)).ifPresent(id -> confirmations.add(send.confirmation(id)));
            }
            confirmations.forEach(confirmation -> stored.add(confirmation.id()));
            return sent(preparations, decisions.decideTogether(confirmations, claim));
        }

        @Override
        public void committed(Send request, Sent result) {
            count(result.preparation());
            var decided = result.decided();
            if (decided != null) {
                stored(result.preparation()).ifPresent(id -> decisions.committed(request.confirmation(id), decided));
            }
        }
    }

    private static List<@Nullable Sent> sent(
            List<@Nullable PrepareResult> preparations, List<@Nullable DecisionResult> decided) {
        var rest = decided.iterator();
        var sent = new ArrayList<@Nullable Sent>();
        for (var preparation : preparations) {
            var isStored = stored(preparation).isPresent();
            var decision = isStored ? rest.next() : null;
            sent.add(preparation == null || isStored && decision == null ? null : new Sent(preparation, decision));
        }
        return sent;
    }

    private static Optional<MessageId> stored(@Nullable PrepareResult preparation) {
        if (preparation == null) {
            return Optional.empty();
        }
        return switch (preparation) {
            case PrepareResult.Stored(var id) -> Optional.of(id);
            case PrepareResult.Repeated(var id, var state) -> Optional.of(id);
            default -> Optional.empty();
        };
    }

    /** A message to store and confirm in one step. */
    record Send(HalfMessage message, String actor) {
        DecisionRequest confirmation(MessageId id) {
            return new DecisionRequest(id, message.producer(), actor, CONFIRM);
        }
    }

    /** @param decided null if it could not be stored */
    record Sent(PrepareResult preparation, @Nullable DecisionResult decided) {}
}
