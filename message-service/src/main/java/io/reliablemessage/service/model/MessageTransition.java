package io.reliablemessage.service.model;

import static io.reliablemessage.service.model.Decision.CANCELLED;
import static io.reliablemessage.service.model.Decision.CONFIRMED;
import static io.reliablemessage.service.model.Decision.PENDING_CONFIRM;

import java.util.Set;

/** The steps a message can take: it is decided once. */
public enum MessageTransition {
    CONFIRM(CONFIRMED, PENDING_CONFIRM),
    CANCEL(CANCELLED, PENDING_CONFIRM);

    private final Decision to;
    private final Set<Decision> from;

    MessageTransition(Decision to, Decision... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    public Decision to() {
        return to;
    }

    public Set<Decision> from() {
        return from;
    }
}
