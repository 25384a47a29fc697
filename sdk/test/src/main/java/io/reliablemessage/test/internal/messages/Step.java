package io.reliablemessage.test.internal.messages;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.DeliveryState.DEAD;
import static io.reliablemessage.api.DeliveryState.DISCARDED;
import static io.reliablemessage.api.DeliveryState.REJECTED;
import static io.reliablemessage.api.DeliveryState.SENDING;

import io.reliablemessage.api.DeliveryState;
import java.util.Set;

/** The steps a delivery can take. */
public enum Step {
    /** An ack may come after the delivery was given up. */
    ACK(CONSUMED, SENDING, DEAD, DISCARDED),
    REJECT(REJECTED, SENDING, DEAD),
    BURY(DEAD, SENDING),
    REVIVE(SENDING, DEAD, REJECTED),
    DISCARD(DISCARDED, SENDING, DEAD, REJECTED);

    private final DeliveryState to;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<DeliveryState> from;

    Step(DeliveryState to, DeliveryState... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    DeliveryState to() {
        return to;
    }

    boolean isAllowedFrom(DeliveryState state) {
        return from.contains(state);
    }
}
