package io.reliablemessage.adminui.messages;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import java.util.List;
import java.util.Set;

/** The actions that a message's state allows; the service decides. */
record AvailableActions(MessageView message) {

    private static final Set<DeliveryState> RESENDABLE = Set.of(DeliveryState.DEAD, DeliveryState.REJECTED);
    private static final Set<DeliveryState> DISCARDABLE =
            Set.of(DeliveryState.SENDING, DeliveryState.DEAD, DeliveryState.REJECTED);

    public List<String> resendable() {
        return subscriptions(RESENDABLE);
    }

    public List<String> discardable() {
        return subscriptions(DISCARDABLE);
    }

    public boolean canCheckBack() {
        return message.state() == MessageState.PENDING_CONFIRM;
    }

    public boolean canDecide() {
        return canCheckBack() && message.suspect();
    }

    public boolean isAnything() {
        return canCheckBack() || !discardable().isEmpty();
    }

    private List<String> subscriptions(Set<DeliveryState> states) {
        return message.deliveries().stream()
                .filter(delivery -> states.contains(delivery.state()))
                .map(MessageView.Delivery::subscription)
                .toList();
    }
}
