package io.reliablemessage.test.internal.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hashes a message's content to recognize a repeated prepare: the members as given, each with its length. */
final class ContentHash {

    private static final int ABSENT = -1;

    private final MessageDigest digest = sha256();

    private ContentHash() {}

    static byte[] of(RawMessage raw) {
        var hash = new ContentHash();
        hash.add(raw.text("topic"));
        hash.add(raw.text("key"));
        var payload = raw.payload();
        hash.add(payload == null ? null : payload.bytes());
        hash.add(raw.text("payloadEncoding"));
        hash.add(raw.text("contentType"));
        if (raw.headers() != null) {
            new TreeMap<>(raw.headers()).forEach((name, value) -> {
                hash.add(name);
                hash.add(value);
            });
        }
        hash.add((String) null); // ends the headers
        hash.add(raw.text("deliverAt"));
        hash.add(raw.text("delay"));
        hash.add(raw.text("checkAfter"));
        hash.add(raw.text("checkRef"));
        return hash.digest.digest();
    }

    private void add(@Nullable String text) {
        add(text == null ? null : text.getBytes(UTF_8));
    }

    private void add(byte @Nullable [] bytes) {
        var length = ByteBuffer.allocate(Integer.BYTES);
        digest.update(length.putInt(bytes == null ? ABSENT : bytes.length).array());
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
