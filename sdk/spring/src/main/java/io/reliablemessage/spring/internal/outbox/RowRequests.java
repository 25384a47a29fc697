package io.reliablemessage.spring.internal.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import io.reliablemessage.client.JsonCodec;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the request of a row: the same for a prepare and for a send, and for each repeat of them. */
public final class RowRequests {

    private final JsonCodec json;

    public RowRequests(JsonCodec json) {
        this.json = json;
    }

    /**
     * @param store of the row's database; check-backs name it
     * @throws IllegalArgumentException the row cannot be sent: its payload was cleared, or somebody else wrote it so
     */
    public PrepareRequest of(OutboxRow row, String store) {
        return PrepareRequest.builder(row.topic(), row.key(), payload(row))
                .id(row.id().toString())
                .payloadEncoding(row.payloadEncoding())
                .contentType(row.contentType())
                .headers(headers(row.headers()))
                .deliverAt(row.deliverAt())
                .checkAfter(row.checkAfter())
                .checkRef(store)
                .build()
                .inTrace(row.traceparent(), row.tracestate());
    }

    private static Object payload(OutboxRow row) {
        var bytes = row.payload();
        if (bytes == null) {
            throw new IllegalArgumentException("the payload of " + row.id() + " was cleared");
        }
        var encoding = row.payloadEncoding();
        return switch (encoding == null ? "json" : encoding) {
            case "base64" -> bytes;
            case "text" -> new String(bytes, UTF_8);
            default -> new RawJson(new String(bytes, UTF_8));
        };
    }

    private @Nullable Map<String, String> headers(@Nullable String written) {
        if (written == null) {
            return null;
        }
        if (!(json.read(written) instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("headers are not a JSON object: " + written);
        }
        var headers = new TreeMap<String, String>();
        members.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        return headers;
    }
}
