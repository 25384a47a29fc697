package io.reliablemessage.api;

/**
 * Where one delivery stands after an ack or a reject.
 *
 * @param id the message
 * @param subscription the subscription it was on its way to
 * @param state see {@link DeliveryState}
 */
public record DeliveryStatus(String id, String subscription, DeliveryState state) {}
