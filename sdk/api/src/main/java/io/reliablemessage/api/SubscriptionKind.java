package io.reliablemessage.api;

/** How deliveries reach a subscription. */
public enum SubscriptionKind {
    /** By a queue of the broker. */
    QUEUE,
    /** By a call of the service; refused until it exists. */
    HTTP
}
