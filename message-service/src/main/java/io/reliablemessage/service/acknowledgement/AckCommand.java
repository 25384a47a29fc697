package io.reliablemessage.service.acknowledgement;

import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's word about one delivery.
 *
 * @param subscription null: whichever of the message's deliveries is the application's
 * @param application whose subscription it has to be
 * @param transition {@link DeliveryTransition#ACK} or {@link DeliveryTransition#REJECT}
 * @param error why it is rejected
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
