package io.reliablemessage.api;

/**
 * The state of a delivery after an ack or a reject.
 *
 * @param id the message
 * @param subscription the subscription it is for
 * @param state see {@link DeliveryState}
 */
public record DeliveryStatus(String id, String subscription, DeliveryState state) {}
