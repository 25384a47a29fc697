package io.reliablemessage.client;

import io.reliablemessage.client.internal.Problem;

/**
 * The message or delivery is in a state from which the step asked for does not lead: somebody decided otherwise before.
 */
public final class TransitionRefusedException extends MessageProblemException {

    public TransitionRefusedException(String call, Problem problem) {
        super(call, problem, null);
    }

    /**
     * What became of it: the name of a {@link io.reliablemessage.api.MessageState} or, after an ack or a reject, of
     * a {@link io.reliablemessage.api.DeliveryState}. Text, since a newer service may know more of them; empty if
     * it did not say.
     */
    public String state() {
        return text("state");
    }

    /** The step that was refused, such as {@code CONFIRM}; empty if the service did not say. */
    public String attempted() {
        return text("attempted");
    }

    private String text(String member) {
        return members().get(member) instanceof String text ? text : "";
    }
}
