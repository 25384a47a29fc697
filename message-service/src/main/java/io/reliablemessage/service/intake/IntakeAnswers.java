package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.ID_OUTSIDE_WINDOW;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.service.decision.DecisionResult;
import io.reliablemessage.service.intake.PrepareResult.Refused;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.MessageTransition;
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.platform.problem.Problem;
import org.springframework.stereotype.Component;

/** Translates outcomes into answers of the API. */
@Component
class IntakeAnswers {

    private final LedgerProperties ledger;

    IntakeAnswers(LedgerProperties ledger) {
        this.ledger = ledger;
    }

    MessageStatus of(PrepareResult preparation, HalfMessage message) {
        return switch (preparation) {
            case PrepareResult.Stored(var id) -> status(id, MessageState.PENDING_CONFIRM);
            case PrepareResult.Repeated(var id, var state) -> status(id, state);
            case PrepareResult.Cancelled(var id) ->
                throw Problems.refused(
                        id, "PREPARE", MessageState.CANCELLED, "Do not start its transaction; prepare a new message.");
            case PrepareResult.ContentDiffers(var id) ->
                throw new Problem(CONTENT_DIFFERS, "Message %s is already stored with other content.".formatted(id))
                        .with("messageId", id);
            case Refused refused -> throw refused(refused, message);
        };
    }

    MessageStatus of(Intake.Send send, Intake.Sent sent) {
        return sent.decided() == null ? of(sent.preparation(), send.message()) : of(sent.decided(), CONFIRM);
    }

    MessageStatus of(DecisionResult decided, MessageTransition transition) {
        return switch (decided) {
            case DecisionResult.Applied(var id, var state, var dispatches) -> status(id, state);
            case DecisionResult.Repeated(var id, var state) -> status(id, state);
            case DecisionResult.Refused(var id, var actual) ->
                throw Problems.refused(
                        id, transition, actual, "A decision is final; prepare a new message if it was a mistake.");
            case DecisionResult.Unroutable(var id, var topic) ->
                throw new Problem(
                                NO_SUBSCRIPTION,
                                "Every subscription of topic %s is retired, so message %s stays pending. Register one and confirm again."
                                        .formatted(topic, id))
                        .with("messageId", id);
            case DecisionResult.Unknown(var id) -> throw Problems.notFound(id);
        };
    }

    private Problem refused(Refused refused, HalfMessage message) {
        return switch (refused.reason()) {
            case ID_OUTSIDE_WINDOW ->
                new Problem(
                                ID_OUTSIDE_WINDOW,
                                "The time inside the id must lie between %s before and %s after now."
                                        .formatted(ledger.acceptWindow(), ledger.acceptAhead()))
                        .with("now", refused.now())
                        .with("earliest", refused.now().minus(ledger.acceptWindow()))
                        .with("latest", refused.now().plus(ledger.acceptAhead()));
            case TOPIC_NOT_FOUND ->
                new Problem(
                        TOPIC_NOT_FOUND, "Your application has no topic %s to produce to.".formatted(message.topic()));
            case NO_SUBSCRIPTION ->
                new Problem(NO_SUBSCRIPTION, "Nobody subscribes to topic %s.".formatted(message.topic()));
            case DAY_MISSING ->
                new Problem(
                        UNAVAILABLE,
                        "The ledger has no partition for the message's day; nothing was done. Repeat the call later.");
            case DELIVER_AT_TOO_FAR ->
                new Problem(
                        INVALID_REQUEST, "A delivery may be scheduled at most %s ahead.".formatted(ledger.maxDelay()));
            case CHECK_REF_MISSING ->
                new Problem(
                        INVALID_REQUEST,
                        "checkRef is missing: your application requires the id of the database whose transaction the message belongs to.");
        };
    }

    private static MessageStatus status(MessageId id, MessageState state) {
        return new MessageStatus(id.toString(), state);
    }
}
