package io.reliablemessage.spring.internal.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.CurrentTrace;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a call of {@code send} into a row of the current transaction. */
public final class TransactionalSender {

    private static final String BASE64 = "base64";
    // A UUIDv7 begins with the milliseconds since 1970.
    private static final int TIME_SHIFT = 16;

    private final TransactionRows rows;
    private final ReliableMessageClient client;
    private final RowRequests requests;
    private final CurrentTrace currentTrace;

    public TransactionalSender(TransactionRows rows, ReliableMessageClient client, CurrentTrace currentTrace) {
        this.rows = rows;
        this.client = client;
        this.requests = new RowRequests(client.codec());
        this.currentTrace = currentTrace;
    }

    /**
     * What a message may have beside topic, key and payload.
     *
     * @param payloadEncoding null: the payload is written as JSON
     * @param delay counted from the call of {@code send}, at most one of this and {@code deliverAt}
     */
    public record Content(
            @Nullable String payloadEncoding,
            @Nullable String contentType,
            Map<String, String> headers,
            @Nullable Instant deliverAt,
            @Nullable Duration delay,
            @Nullable Duration checkAfter) {}

    /** Returns the id of the message. */
    public String send(String topic, String key, @Nullable Object payload, Content content, boolean isHalf) {
        var transaction = rows.current();
        var row = row(topic, key, payload, content);
        requests.of(row, "not known yet"); // refuses now what the service would refuse at the commit
        transaction.write(row, isHalf);
        return row.id().toString();
    }

    private OutboxRow row(String topic, String key, @Nullable Object payload, Content content) {
        var id = UUID.fromString(MessageIds.next());
        var trace = currentTrace.of(PrepareRequest.of(id.toString(), topic, key, null));
        return new OutboxRow(
                id,
                topic,
                key,
                bytes(payload, content.payloadEncoding()),
                content.payloadEncoding(),
                content.contentType(),
                content.headers().isEmpty() ? null : client.codec().write(content.headers()),
                deliverAt(id, content),
                millis(content.checkAfter()),
                trace.traceparent(),
                trace.tracestate());
    }

    private byte[] bytes(@Nullable Object payload, @Nullable String encoding) {
        if (encoding == null) {
            return client.writePayload(payload);
        }
        if (payload == null) {
            throw new IllegalArgumentException("payload is null; only JSON knows null");
        }
        return encoding.equals(BASE64) ? (byte[]) payload : payload.toString().getBytes(UTF_8);
    }

    /** By the clock of the ids, which follows the service's: a delay is short compared with what clocks are wrong by. */
    private static @Nullable Instant deliverAt(UUID id, Content content) {
        var delay = content.delay();
        var at = delay == null
                ? content.deliverAt()
                : Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT)
                        .plus(delay);
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS); // what every database keeps
    }

    private static @Nullable Duration millis(@Nullable Duration time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
