package io.reliablemessage.service.model;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;

import io.reliablemessage.service.platform.problem.Problem;

/** Creates problems that several features return. */
public final class Problems {

    private Problems() {}

    public static Problem notFound(MessageId id) {
        return new Problem(MESSAGE_NOT_FOUND, "Your application has no message %s.".formatted(id))
                .with("messageId", id);
    }

    /**
     * A step that the current state does not allow.
     *
     * @param attempted the transition
     * @param state the state of the message or delivery
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
