package io.reliablemessage.service.intake;

import static io.reliablemessage.service.message.MessageTransition.CONFIRM;

import io.reliablemessage.service.message.Decided;
import io.reliablemessage.service.message.DecisionRequest;
import io.reliablemessage.service.message.DecisionStore;
import io.reliablemessage.service.message.HalfMessage;
import io.reliablemessage.service.message.MessageId;
import io.reliablemessage.service.message.MessageTransition;
import io.reliablemessage.service.message.Preparation;
import io.reliablemessage.service.message.PrepareStore;
import io.reliablemessage.service.message.TransitionMetrics;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.publishing.Publishing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Stores and decides, each in one transaction; publishes what is decided only after the commit. */
@Component
class Intake {

    private final PrepareStore messages;
    private final DecisionStore decisions;
    private final Publishing publishing;
    private final TransactionOperations ledger;
    private final TransitionMetrics metrics;

    Intake(
            PrepareStore messages,
            DecisionStore decisions,
            Publishing publishing,
            TransactionOperations ledger,
            TransitionMetrics metrics) {
        this.messages = messages;
        this.decisions = decisions;
        this.publishing = publishing;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    Preparation prepare(HalfMessage message) {
        var preparation = committed(() -> messages.prepare(List.of(message)).getFirst());
        count(preparation);
        return preparation;
    }

    Decided decide(MessageId id, MessageTransition transition, Caller caller) {
        var accepts = publishing.accepts();
        var request = new DecisionRequest(id, caller.application(), caller.actor(), transition);
        var decided =
                committed(() -> decisions.decide(List.of(request), accepts).getFirst());
        publish(decided, transition);
        return decided;
    }

    /** Stores and confirms in one transaction. What was stored before as a half message is confirmed. */
    Sent send(HalfMessage message, Caller caller) {
        var accepts = publishing.accepts();
        var sent = committed(() -> {
            var preparation = messages.prepare(List.of(message)).getFirst();
            var id = switch (preparation) {
                case Preparation.Stored(var stored) -> stored;
                case Preparation.Repeated(var stored, var state) -> stored;
                default -> null;
            };
            if (id == null) {
                return new Sent(preparation, null);
            }
            var request = new DecisionRequest(id, caller.application(), caller.actor(), CONFIRM);
            return new Sent(
                    preparation, decisions.decide(List.of(request), accepts).getFirst());
        });
        count(sent.preparation);
        if (sent.decided != null) {
            publish(sent.decided, CONFIRM);
        }
        return sent;
    }

    private <T> T committed(java.util.function.Supplier<T> work) {
        return java.util.Objects.requireNonNull(ledger.execute(transaction -> work.get()));
    }

    private void count(Preparation preparation) {
        if (preparation instanceof Preparation.Stored) {
            metrics.prepared(1);
        }
    }

    private void publish(Decided decided, MessageTransition transition) {
        if (decided instanceof Decided.Applied applied) {
            metrics.count(transition, 1);
            publishing.publish(applied.dispatches());
        }
    }

    /** @param decided null when it could not be stored */
    record Sent(Preparation preparation, @Nullable Decided decided) {}
}
