package io.reliablemessage.spring.internal.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored in {@code rm_outbox}.
 *
 * @param payload null: it was cleared some time after the service had taken it
 * @param payloadEncoding null: JSON; {@code text} or {@code base64} (the row has the bytes) as in the API
 * @param headers a JSON object of texts
 * @param deliverAt in whole milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // rows are never compared
public record OutboxRow(
        UUID id,
        String topic,
        String key,
        byte @Nullable [] payload,
        @Nullable String payloadEncoding,
        @Nullable String contentType,
        @Nullable String headers,
        @Nullable Instant deliverAt,
        @Nullable Duration checkAfter,
        @Nullable String traceparent,
        @Nullable String tracestate) {}
