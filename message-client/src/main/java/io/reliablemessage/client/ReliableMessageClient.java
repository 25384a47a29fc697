package io.reliablemessage.client;

import io.reliablemessage.api.AckRequest;
import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.api.TopicView;
import org.jspecify.annotations.Nullable;

/**
 * What producers and consumers say to the service. Safe for use by many threads; make one per application.
 *
 * <p>Every method blocks until the service has answered or the request timeout is over, and throws a {@link
 * MessageProblemException} unless the service did what was asked; having done the same before counts as done. States in
 * answers are null when the service is newer and names one that this version does not know.
 */
public final class ReliableMessageClient {

    private final ServiceConnection service;

    private ReliableMessageClient(ServiceConnection service) {
        this.service = service;
    }

    public static ReliableMessageClient create(ClientSettings settings) {
        return new ReliableMessageClient(new ServiceConnection(settings));
    }

    /**
     * Stores a half message: to be called before the local transaction commits.
     *
     * <p>Bring an id ({@link MessageIds#next()}), so that the call can be repeated. Payloads are written with map
     * entries in the order of their keys, since a repeat must have the same bytes; sets should be ordered by the
     * caller. A payload that is JSON already goes in as {@code new RawValue(json)} (tools.jackson.databind.util).
     *
     * @throws TransitionRefusedException the message was cancelled before: do not start the transaction
     */
    public MessageStatus prepare(PrepareRequest request) {
        return service.post("/messages/prepare", request, MessageStatus.class);
    }

    /** Stores a message decided already, as relays of an outbox do; to be called after the local transaction. */
    public MessageStatus send(PrepareRequest request) {
        return service.post("/messages", request, MessageStatus.class);
    }

    /**
     * The local transaction is committed: deliver.
     *
     * @throws TransitionRefusedException the message was cancelled
     */
    public MessageStatus confirm(String id) {
        return service.post("/messages/{id}/confirm", null, MessageStatus.class, id);
    }

    /**
     * The local transaction is known to have rolled back: never deliver. When in doubt, say nothing; the service will
     * ask.
     *
     * @throws TransitionRefusedException the message was confirmed
     */
    public MessageStatus cancel(String id) {
        return service.post("/messages/{id}/cancel", null, MessageStatus.class, id);
    }

    /**
     * The message is consumed: stop sending it.
     *
     * @param subscription null: the only one of the message's deliveries that is the caller's
     * @throws MessageNotFoundException final; do not repeat
     */
    public DeliveryStatus ack(String id, @Nullable String subscription) {
        return service.post("/messages/{id}/ack", new AckRequest(null, subscription), DeliveryStatus.class, id);
    }

    /**
     * A final business "no": stop sending it, for the reason given.
     *
     * @param request its own id may be left out
     * @throws TransitionRefusedException it was consumed or discarded before
     */
    public DeliveryStatus reject(String id, RejectRequest request) {
        if (request.id() != null && !request.id().equals(id)) {
            throw new IllegalArgumentException("Two messages named: " + id + " and, in the request, " + request.id());
        }
        var body = new RejectRequest(null, request.subscription(), request.code(), request.reason());
        return service.post("/messages/{id}/reject", body, DeliveryStatus.class, id);
    }

    /** A message and the deliveries of it that the caller may see. */
    public MessageView get(String id) {
        return service.get("/messages/{id}", MessageView.class, id);
    }

    /** Registers a topic or changes it; to be called at every start. */
    public TopicView registerTopic(String name, TopicRequest request) {
        return service.put("/topics/{name}", request, TopicView.class, name);
    }

    /** Registers a subscription or changes it; to be called at every start. */
    public SubscriptionView registerSubscription(String name, SubscriptionRequest request) {
        return service.put("/subscriptions/{name}", request, SubscriptionView.class, name);
    }

    @Override
    public String toString() {
        return "ReliableMessageClient[" + service + "]";
    }
}
