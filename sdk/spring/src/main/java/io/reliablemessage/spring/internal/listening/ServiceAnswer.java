package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.MessageHead;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the service is to know of a message.
 *
 * @param code why it is rejected; null: it is consumed
 */
record ServiceAnswer(
        String id,
        String subscription,
        @Nullable String code,
        @Nullable String reason) {

    private static final int MAX_REASON_BYTES = 1000;

    static ServiceAnswer ack(MessageHead head) {
        return new ServiceAnswer(head.id(), head.subscription(), null, null);
    }

    static ServiceAnswer reject(MessageHead head, String code, String reason) {
        return new ServiceAnswer(head.id(), head.subscription(), code, limited(reason));
    }

    CompletableFuture<DeliveryStatus> send(ReliableMessageClient client) {
        return code == null
                ? client.ackAsync(id, subscription)
                : client.rejectAsync(
                        id,
                        RejectRequest.builder(code)
                                .subscription(subscription)
                                .reason(reason)
                                .build());
    }

    /** The service limits bytes; a character that is cut in the middle is left out. */
    private static String limited(String reason) {
        var bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_REASON_BYTES) {
            return new String(bytes, StandardCharsets.UTF_8); // without halves of surrogate pairs
        }
        var end = MAX_REASON_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) { // inside of a character
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
