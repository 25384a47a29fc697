package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.api.Headers;
import io.reliablemessage.spring.MessageHead;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

/** A message of the service, as the broker handed it out. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReceivedMessage(UUID id, MessageHead head, byte[] payload) {

    private static final Set<String> OWN_HEADERS = Set.of(Headers.SUBSCRIPTION, Headers.ATTEMPT, Headers.KEY);

    /**
     * Reads a message.
     *
     * @throws ForeignMessageException says why this is no message of the service for the subscription
     */
    static ReceivedMessage of(Message message, String subscription) throws ForeignMessageException {
        var properties = message.getMessageProperties();
        var headers = properties.getHeaders();
        var addressee = text(headers.get(Headers.SUBSCRIPTION));
        if (!subscription.equals(addressee)) {
            throw new ForeignMessageException("it is for subscription", addressee);
        }
        var id = id(properties.getMessageId());
        return new ReceivedMessage(id, head(id, properties, headers, subscription), message.getBody());
    }

    private static UUID id(@Nullable String text) throws ForeignMessageException {
        try {
            var id = UUID.fromString(String.valueOf(text));
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            // as if it were another form of one
        }
        throw new ForeignMessageException("its message-id is no UUID:", text);
    }

    private static MessageHead head(
            UUID id, MessageProperties properties, Map<String, Object> headers, String subscription) {
        var producers = new HashMap<String, String>();
        headers.forEach((name, value) -> {
            if (value != null && !OWN_HEADERS.contains(name)) {
                producers.put(name, value.toString());
            }
        });
        Date sentAt = properties.getTimestamp();
        return new MessageHead(
                id.toString(),
                String.valueOf(properties.getType()),
                String.valueOf(headers.get(Headers.KEY)),
                subscription,
                headers.get(Headers.ATTEMPT) instanceof Number attempt ? attempt.intValue() : 1,
                properties.getContentType(),
                producers,
                sentAt == null ? null : sentAt.toInstant(),
                properties.getAppId());
    }

    private static @Nullable String text(@Nullable Object header) {
        return header == null ? null : header.toString();
    }
}
