package io.reliablemessage.test.internal.messages;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.test.SentMessage;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.messages.StoredMessage.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a message to those it belongs to: its producer, and each consumer with its own deliveries. */
public final class Views {

    private Views() {}

    public static Map<String, Object> status(MessageId id, MessageState state) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id);
        view.put("state", state);
        return view;
    }

    public static Map<String, Object> status(MessageId id, StoredDelivery delivery) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id);
        view.put("subscription", delivery.subscription);
        view.put("state", delivery.state);
        return view;
    }

    /** Empty if the application may not see it. */
    public static Optional<Map<String, Object>> message(StoredMessage message, String application, Instant now) {
        return visible(message, application).map(deliveries -> {
            var view = new LinkedHashMap<String, Object>();
            view.put("id", message.id);
            view.put("topic", message.content.topic());
            view.put("key", message.content.key());
            view.put("producer", message.producer);
            view.put("state", message.shown(deliveries));
            view.put("suspect", message.isSuspect(now));
            view.put("createdAt", message.createdAt);
            putIfThere(view, "decidedAt", message.decidedAt);
            putIfThere(view, "decidedBy", message.decidedBy);
            putIfThere(view, "deliverAt", message.deliverAt);
            if (message.isPending() || message.checkAttempts > 0) {
                view.put("checkbacks", checkbacks(message));
            }
            view.put("deliveries", deliveries.stream().map(StoredDelivery::view).toList());
            return view;
        });
    }

    public static Optional<Map<String, Object>> timeline(StoredMessage message, String application) {
        return visible(message, application).map(deliveries -> {
            var own = deliveries.stream().map(delivery -> delivery.subscription).collect(Collectors.toSet());
            return Map.of(
                    "items",
                    message.events.stream()
                            .filter(event -> event.subscription() == null || own.contains(event.subscription()))
                            .sorted(Comparator.comparing(Event::at))
                            .map(Views::entry)
                            .toList());
        });
    }

    public static SentMessage sent(StoredMessage message) {
        return new SentMessage(
                message.id.toString(),
                message.producer,
                message.content.topic(),
                message.content.key(),
                message.shown(),
                message.content.payload().clone(),
                message.content.contentType(),
                Map.copyOf(message.content.headers()),
                message.checkRef,
                message.deliverAt);
    }

    public static void putIfThere(Map<String, Object> view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value);
        }
    }

    private static Optional<Collection<StoredDelivery>> visible(StoredMessage message, String application) {
        if (message.producer.equals(application)) {
            return Optional.of(message.deliveries.values());
        }
        List<StoredDelivery> own = message.deliveries.values().stream()
                .filter(delivery -> delivery.application.equals(application))
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(own);
    }

    private static Map<String, Object> checkbacks(StoredMessage message) {
        var view = new LinkedHashMap<String, Object>();
        view.put("attempts", message.checkAttempts);
        putIfThere(view, "nextAt", message.checkDueAt);
        putIfThere(view, "lastAnswer", message.checkAnswer);
        return view;
    }

    private static Map<String, Object> entry(Event event) {
        var view = new LinkedHashMap<String, Object>();
        view.put("at", event.at());
        view.put("kind", event.kind());
        putIfThere(view, "subscription", event.subscription());
        view.put("actor", event.actor());
        putIfThere(view, "detail", event.detail());
        return view;
    }
}
