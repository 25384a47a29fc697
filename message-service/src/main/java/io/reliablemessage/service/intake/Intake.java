package io.reliablemessage.service.intake;

import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.service.decision.DecisionRequest;
import io.reliablemessage.service.decision.DecisionResult;
import io.reliablemessage.service.decision.Decisions;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
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
            LedgerTransactions ledger,
            TransitionMetrics metrics,
            GroupCommits groupCommits) {
        this.messages = messages;
        this.decisions = decisions;
        this.ledger = ledger;
        this.metrics = metrics;
        this.prepares = groupCommits.open("prepare", HalfMessage::bytes, this::prepareAll);
        this.sends = groupCommits.open("send", send -> send.message().bytes(), this::sendAll);
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

    // One statement, so it commits by itself.
    private List<PrepareResult> prepareAll(List<HalfMessage> batch) {
        var preparations = withDays(batch, messages::prepare, message -> message, refusal -> refusal);
        count(preparations);
        return preparations;
    }

    // Only for a single message: in a batch it is unknown whose day is missing, and the group commit tries its halves.
    private <Q, R> List<R> withDays(
            List<Q> batch,
            GroupCommit.Writer<Q, R> writer,
            Function<Q, HalfMessage> message,
            Function<PrepareResult, R> answer) {
        try {
            return writer.write(batch);
        } catch (DataIntegrityViolationException failed) {
            return Optional.of(batch)
                    .filter(all -> all.size() == 1)
                    .flatMap(one -> messages.withoutDay(message.apply(one.getFirst()), failed))
                    .map(refusal -> List.of(answer.apply(refusal)))
                    .orElseThrow(() -> failed);
        }
    }

    /** Confirms it if it was stored as a half message before. */
    private List<Sent> sendAll(List<Send> batch) {
        return withDays(batch, this::send, Send::message, refusal -> new Sent(refusal, null));
    }

    private List<Sent> send(List<Send> batch) {
        var requests = new ArrayList<DecisionRequest>();
        var sendsAtOnce = decisions.sendsAtOnce();
        var sent = ledger.commit(() -> {
            requests.clear(); // the same batch may be written again
            var preparations =
                    messages.prepare(batch.stream().map(Send::message).toList());
            IntStream.range(0, batch.size())
                    .forEach(i -> stored(preparations.get(i))
                            .ifPresent(id -> requests.add(batch.get(i).confirmation(id))));
            return answers(preparations, decisions.decide(requests, sendsAtOnce));
        });
        count(sent.stream().map(Sent::preparation).toList());
        decisions.committed(
                requests,
                sent.stream()
                        .map(Sent::decided)
                        .filter(java.util.Objects::nonNull)
                        .toList());
        return sent;
    }

    private static List<Sent> answers(List<PrepareResult> preparations, List<DecisionResult> decided) {
        var rest = decided.iterator();
        return preparations.stream()
                .map(preparation -> new Sent(preparation, stored(preparation).isPresent() ? rest.next() : null))
                .toList();
    }

    private static Optional<MessageId> stored(PrepareResult preparation) {
        return switch (preparation) {
            case PrepareResult.Stored(var id) -> Optional.of(id);
            case PrepareResult.Repeated(var id, var state) -> Optional.of(id);
            default -> Optional.empty();
        };
    }

    private void count(List<PrepareResult> preparations) {
        metrics.prepared((int) preparations.stream()
                .filter(PrepareResult.Stored.class::isInstance)
                .count());
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
