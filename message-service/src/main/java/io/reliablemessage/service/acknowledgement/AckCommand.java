package io.reliablemessage.service.acknowledgement;

import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's ack or reject of one delivery.
 *
 * @param subscription null: the application's delivery of the message
 * @param application that must own the subscription
 * @param transition {@link DeliveryTransition#ACK} or {@link DeliveryTransition#REJECT}
 * @param error why the consumer rejects it
 */
public record AckCommand(
        MessageId id,
        @Nullable String subscription,
        String application,
        DeliveryTransition transition,
        @Nullable String error) {

    AckCommand forSubscription(String name) {
        return new AckCommand(id, name, application, transition, error);
    }
}
