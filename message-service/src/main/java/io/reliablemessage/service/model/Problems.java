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

    /** A step of a delivery that the message does not have. */
    public static Problem without(MessageId id, String subscription, Enum<?> attempted, Enum<?> state) {
        var why = "Message %s has no delivery of subscription %s.".formatted(id, subscription);
        return refused(id, attempted.name(), state, new Problem(TRANSITION_REFUSED, why));
    }

    /** The same with a step that is no transition of its own. */
    public static Problem refused(MessageId id, String attempted, Enum<?> state, String remedy) {
        var why = "Message %s is %s, so it cannot take the step %s. %s".formatted(id, state, attempted, remedy);
        return refused(id, attempted, state, new Problem(TRANSITION_REFUSED, why));
    }

    private static Problem refused(MessageId id, String attempted, Enum<?> state, Problem problem) {
        return problem.with("messageId", id).with("attempted", attempted).with("state", state);
    }
}
