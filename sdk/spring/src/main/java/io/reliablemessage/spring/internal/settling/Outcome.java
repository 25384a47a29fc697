package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.api.ProblemType.ID_OUTSIDE_WINDOW;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.client.CallResult;
import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.client.TransitionRefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * What a confirm or a send means for the row.
 *
 * <p>Only the service's own word, of a kind that is known, ends a message. Everything else waits: a proxy's 413 is no
 * different from a proxy's 502, and a problem of a newer service may be one that passes.
 */
sealed interface Outcome {

    /** The service has it, confirmed. */
    record Sent() implements Outcome {}

    /**
     * The service will never take it.
     *
     * @param kind for the log: the problem's name, never content
     * @param reason for people, stored with the row
     */
    record Refused(String kind, String reason) implements Outcome {}

    /** The service does not know it: only the content can help. */
    record Unknown() implements Outcome {}

    /**
     * It may be taken later.
     *
     * @param isAway it is not about this message: the service would not have taken any
     */
    record Postponed(Exception cause, boolean isAway) implements Outcome {}

    Set<ProblemType> ABOUT_CONTENT = EnumSet.of(
            ProblemType.CONTENT_DIFFERS,
            ProblemType.MALFORMED_REQUEST,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.INVALID_REQUEST);

    Set<ProblemType> NOT_READY =
            EnumSet.of(ProblemType.NO_SUBSCRIPTION, ProblemType.TOPIC_NOT_FOUND, ID_OUTSIDE_WINDOW);

    static Outcome of(UUID id, CallResult<MessageStatus> result) {
        return result.problem().map(problem -> of(id, problem)).orElseGet(Sent::new);
    }

    private static Outcome of(UUID id, MessageProblemException problem) {
        if (problem instanceof ServiceUnavailableException) {
            return new Postponed(problem, true);
        }
        if (problem instanceof MessageNotFoundException) {
            return new Unknown();
        }
        if (problem instanceof TransitionRefusedException refused) {
            return ofState(refused);
        }
        var type = problem.type().orElse(null);
        if (type == null) {
            return new Postponed(problem, true);
        }
        if (ABOUT_CONTENT.contains(type) || (type == ID_OUTSIDE_WINDOW && isBehind(id, problem))) {
            return new Refused(type.slug(), String.valueOf(problem.getMessage()));
        }
        return new Postponed(problem, !NOT_READY.contains(type));
    }

    /** A message in any other state was confirmed before, by whomever. */
    private static Outcome ofState(TransitionRefusedException refused) {
        var state = refused.state();
        if (state.equals(MessageState.CANCELLED.name())) {
            return new Refused("cancelled", String.valueOf(refused.getMessage()));
        }
        var isConfirmed = EnumSet.complementOf(EnumSet.of(MessageState.PENDING_CONFIRM)).stream()
                .anyMatch(confirmed -> confirmed.name().equals(state));
        return isConfirmed ? new Sent() : new Postponed(refused, false);
    }

    /** An id from the future is accepted when its time comes; one that is too old never again. */
    private static boolean isBehind(UUID id, MessageProblemException problem) {
        try {
            return problem.members().get("earliest") instanceof String earliest
                    && Instant.ofEpochMilli(id.getMostSignificantBits() >>> Short.SIZE)
                            .isBefore(Instant.parse(earliest));
        } catch (DateTimeException notATime) {
            return false;
        }
    }
}
