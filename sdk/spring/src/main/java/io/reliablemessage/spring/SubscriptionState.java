package io.reliablemessage.spring;

/**
 * Whether a subscription is being consumed.
 *
 * @param reason why not; empty if it is
 */
public record SubscriptionState(String subscription, String topic, Status status, String reason) {

    public enum Status {
        /** The service has not taken the registration yet, or the database has no inbox: tried again. */
        STARTING,
        /** The registration is taken; the broker does not let it consume now: tried again. */
        CONNECTING,
        LISTENING,
        /** Too many answers wait for the service. */
        PAUSED,
        CLOSED
    }
}
