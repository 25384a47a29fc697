package io.reliablemessage.service.acknowledgement;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.MessageId;
import java.time.Duration;
import java.util.List;

/** The result of an ack or a reject. */
public sealed interface AckResult {

    /**
     * Settled now.
     *
     * @param taken time since it could be delivered
     */
    record Applied(MessageId id, String subscription, DeliveryState state, Duration taken) implements AckResult {}

    /** Settled like that before: success. */
    record Repeated(MessageId id, String subscription, DeliveryState state) implements AckResult {}

    /** Settled otherwise before. */
    record Refused(MessageId id, String subscription, DeliveryState actual) implements AckResult {}

    /**
     * Rejected before, for another reason, which stands.
     *
     * @param code of the rejection that stands
     */
    record CodeDiffers(MessageId id, String subscription, String code) implements AckResult {}

    /** The message was never sent to anybody: a bug of the caller, or a forged id. */
    record NeverSent(MessageId id, MessageState actual) implements AckResult {}

    /** The caller has several deliveries of the message, and the request names none. */
    record Ambiguous(MessageId id, List<String> subscriptions) implements AckResult {}

    /** Not there, or not the caller's. */
    record Unknown(MessageId id) implements AckResult {}
}
