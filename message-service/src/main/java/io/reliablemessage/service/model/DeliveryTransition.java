package io.reliablemessage.service.model;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.DeliveryState.DEAD;
import static io.reliablemessage.api.DeliveryState.DISCARDED;
import static io.reliablemessage.api.DeliveryState.REJECTED;
import static io.reliablemessage.api.DeliveryState.SENDING;

import io.reliablemessage.api.DeliveryState;
import java.util.Set;

/** The steps a delivery can take. */
public enum DeliveryTransition {
    /** An ack may come after the delivery was given up. */
    ACK(CONSUMED, SENDING, DEAD, DISCARDED),
    REJECT(REJECTED, SENDING, DEAD),
    BURY(DEAD, SENDING),
    /** An operator resends it, with a new schedule. */
    REVIVE(SENDING, DEAD, REJECTED),
    /** An operator ends it. */
    DISCARD(DISCARDED, SENDING, DEAD, REJECTED);

    private final DeliveryState to;
    private final Set<DeliveryState> from;

    DeliveryTransition(DeliveryState to, DeliveryState... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    public DeliveryState to() {
        return to;
    }

    public Set<DeliveryState> from() {
        return from;
    }
}
