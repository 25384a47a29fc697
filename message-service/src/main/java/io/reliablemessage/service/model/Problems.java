package io.reliablemessage.service.model;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;

import io.reliablemessage.service.platform.problem.Problem;

/** Problems that several features answer with. */
public final class Problems {

    private Problems() {}

    public static Problem notFound(MessageId id) {
        return new Problem(MESSAGE_NOT_FOUND, "No message %s is yours.".formatted(id)).with("messageId", id);
    }

    /**
     * A step that does not lead on from where things stand.
     *
     * @param attempted the transition
     * @param state where the message or delivery stands
     * @param remedy what the caller can do now
     */
    public static Problem refused(MessageId id, Enum<?> attempted, Enum<?> state, String remedy) {
        return refused(id, attempted.name(), state, remedy);
    }

    /** The same with a step that is no transition of its own. */
    public static Problem refused(MessageId id, String attempted, Enum<?> state, String remedy) {
        return new Problem(
                        TRANSITION_REFUSED,
                        "Message %s is %s, so it cannot take the step %s. %s".formatted(id, state, attempted, remedy))
                .with("messageId", id)
                .with("attempted", attempted)
                .with("state", state);
    }
}
