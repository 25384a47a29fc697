package io.reliablemessage.client;

import io.reliablemessage.client.internal.Problem;

/** The state of the message or delivery does not allow the step: it was decided otherwise before. */
public final class TransitionRefusedException extends MessageProblemException {

    public TransitionRefusedException(String call, Problem problem) {
        super(call, problem, null);
    }

    /**
     * The actual state: the name of a {@link io.reliablemessage.api.MessageState} or, after an ack or a reject, of a
     * {@link io.reliablemessage.api.DeliveryState}. Text, since a newer service may know more states; empty if the
     * service named none.
     */
    public String state() {
        return text("state");
    }

    /** The step that was refused, such as {@code CONFIRM}; empty if the service named none. */
    public String attempted() {
        return text("attempted");
    }

    private String text(String member) {
        return members().get(member) instanceof String text ? text : "";
    }
}
