package io.reliablemessage.test.internal.messages;

import io.reliablemessage.api.Headers;
import io.reliablemessage.test.Delivery;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.MessageId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queues of the subscriptions, as a broker would hold them. Guarded by {@link Guard}. */
public final class Queues {

    private final Map<String, Deque<Delivery>> queues = new HashMap<>();

    void add(StoredMessage message, StoredDelivery delivery) {
        queue(delivery.subscription).addLast(copy(message, delivery));
    }

    /** The broker takes it back from a consumer that is gone. */
    public void putBack(Delivery copy) {
        queue(copy.subscription()).addFirst(copy.redelivered());
    }

    public Optional<Delivery> take(String subscription) {
        return Optional.ofNullable(queue(subscription).pollFirst());
    }

    public List<Delivery> waiting(String subscription) {
        return List.copyOf(queue(subscription));
    }

    boolean hasCopy(String subscription, MessageId id) {
        return queue(subscription).stream().anyMatch(copy -> copy.id().equals(id.toString()));
    }

    public void clear() {
        queues.clear();
    }

    private Deque<Delivery> queue(String subscription) {
        return queues.computeIfAbsent(subscription, unknown -> new ArrayDeque<>());
    }

    private static Delivery copy(StoredMessage message, StoredDelivery delivery) {
        var content = message.content;
        return new Delivery(
                message.id.toString(),
                delivery.subscription,
                content.topic(),
                content.key(),
                message.producer,
                message.createdAt,
                delivery.attempts,
                false,
                content.contentType(),
                headers(content, delivery),
                content.payload().clone());
    }

    private static Map<String, Object> headers(HalfMessage.Content content, StoredDelivery delivery) {
        var headers = new LinkedHashMap<String, Object>(content.headers());
        headers.put(Headers.SUBSCRIPTION, delivery.subscription);
        headers.put(Headers.ATTEMPT, delivery.attempts);
        headers.put(Headers.KEY, content.key());
        Views.putIfThere(headers, Headers.TRACE_PARENT, content.trace().parent());
        Views.putIfThere(headers, Headers.TRACE_STATE, content.trace().state());
        return Map.copyOf(headers);
    }
}
