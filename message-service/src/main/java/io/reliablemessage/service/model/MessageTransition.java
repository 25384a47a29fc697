package io.reliablemessage.service.model;

/** The steps a pending message can take: it is decided once. */
public enum MessageTransition {
    CONFIRM(Decision.CONFIRMED),
    CANCEL(Decision.CANCELLED);

    private final Decision to;

    MessageTransition(Decision to) {
        this.to = to;
    }

    public Decision to() {
        return to;
    }
}
