package io.reliablemessage.client.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.api.RawJson;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.JsonCodec;
import io.reliablemessage.client.PayloadWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes and reads the contract's records; payloads are the codec's or the application's. */
public final class Json {

    private final JsonCodec codec;
    private final @Nullable PayloadWriter payloads;

    private Json(JsonCodec codec, @Nullable PayloadWriter payloads) {
        this.codec = codec;
        this.payloads = payloads;
    }

    public static Json of(ClientSettings settings) {
        var given = settings.json();
        return new Json(given == null ? JsonCodecs.find() : given, settings.payloads());
    }

    /**
     * A request as it goes over the wire.
     *
     * @throws IllegalArgumentException if its payload cannot be written
     */
    public byte[] write(Object request) {
        return encode(RecordWriter.write(request, this::payload));
    }

    /**
     * A payload alone, as it stands in a request.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    public byte[] writePayload(@Nullable Object payload) {
        return encode(payload(payload));
    }

    private String payload(@Nullable Object payload) {
        if (payload instanceof RawJson raw) {
            codec.check(raw.json());
            return raw.json();
        }
        return payloads == null || payload == null || isEncoded(payload)
                ? codec.write(payload)
                : checked(payloads, payload);
    }

    /** Texts and bytes, with a {@code payloadEncoding}: the contract's, not the application's. */
    private static boolean isEncoded(Object payload) {
        return payload instanceof CharSequence
                || payload instanceof char[]
                || payload instanceof byte[]
                || payload instanceof ByteBuffer;
    }

    private String checked(PayloadWriter writer, Object payload) {
        try {
            var json = writer.write(payload);
            codec.check(json);
            return json;
        } catch (Exception e) {
            throw new IllegalArgumentException("payload cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    /** Half a character would be sent as a question mark. */
    private static byte[] encode(String json) {
        try {
            var bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(json));
            var exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The request has half a character (a lone surrogate)", e);
        }
    }

    /** Empty if this is not JSON. */
    public Optional<Object> readTree(byte[] body) {
        try {
            return Optional.ofNullable(codec.read(new String(body, UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Empty if this is not such an answer: any other JSON object would read as a record full of nulls. */
    public static <T> Optional<T> readAnswer(@Nullable Object json, Class<T> type) {
        if (!(json instanceof Map<?, ?> members)
                || members.get(RecordShape.of(type).identity()) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordReader.read(members, type));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The members of a problem; none if it is not a JSON object. */
    @SuppressWarnings("unchecked") // a codec reads objects as maps with texts as keys
    public static Map<String, Object> readMembers(@Nullable Object json) {
        return json instanceof Map<?, ?> members ? (Map<String, Object>) members : Map.of();
    }
}
