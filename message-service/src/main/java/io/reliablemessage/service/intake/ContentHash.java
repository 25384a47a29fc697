package io.reliablemessage.service.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.intake.MessageReader.RawMessage;
import io.reliablemessage.service.platform.security.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a message's content to recognize a repeated prepare: SHA-256 over the members as given, each with its length.
 */
final class ContentHash {

    private static final byte[] ABSENT =
            ByteBuffer.allocate(Integer.BYTES).putInt(-1).array();

    private final MessageDigest digest = Sha256.digest();

    private ContentHash() {}

    static byte[] of(RawMessage raw) {
        var hash = new ContentHash();
        hash.add(raw.topic);
        hash.add(raw.key);
        hash.add(raw.payload);
        hash.add(raw.payloadEncoding);
        hash.add(raw.contentType);
        if (raw.headers != null) {
            new TreeMap<>(raw.headers).forEach((name, value) -> {
                hash.add(name);
                hash.add(value);
            });
        }
        hash.add((String) null); // ends the headers
        hash.add(raw.deliverAt);
        hash.add(raw.delay);
        hash.add(raw.checkAfter);
        hash.add(raw.checkRef);
        return hash.digest.digest();
    }

    private void add(@Nullable String text) {
        add(text == null ? null : text.getBytes(UTF_8));
    }

    private void add(byte @Nullable [] bytes) {
        if (bytes == null) {
            digest.update(ABSENT);
        } else {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
    }
}
