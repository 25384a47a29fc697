package io.reliablemessage.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the secrets that sign webhooks (AES-GCM), so that a copy of the database reveals none. The application's
 * name is authenticated with it: one application's secret cannot be moved to another's row.
 *
 * <p>The first configured key encrypts, all of them decrypt: a new key goes in front of the old one, which may go when
 * every application has registered again.
 */
public final class WebhookSecrets {

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;
    private static final int MIN_DIFFERENT_CHARACTERS = 10;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

    /** @param id stored with each secret encrypted with the key */
    @SuppressWarnings("ArrayRecordComponent") // lives until the constructor has read it
    public record Key(String id, byte[] bytes) {}

    public WebhookSecrets(List<Key> configured) {
        for (var key : configured) {
            if (keys.put(key.id(), new SecretKeySpec(key.bytes(), "AES")) != null) {
                throw new IllegalArgumentException(
                        "message-service.registry.secret-keys has the id %s twice".formatted(key.id()));
            }
        }
    }

    /** The encrypted secret cannot be decrypted: its key is not configured any more, or the bytes were changed. */
    public static final class UnreadableSecret extends RuntimeException {
        UnreadableSecret(String fact, @Nullable Exception cause) {
            super(fact, cause);
        }
    }

    /**
     * Reads a secret as its owner gives it.
     *
     * @param member named in the exception's text
     * @throws IllegalArgumentException if it is not {@code whsec_} and the base64 of random bytes
     */
    public static byte[] decoded(String member, String secret) {
        var rule = "%s takes whsec_ and the base64 of %d to %d random bytes; make one with: openssl rand -base64 32"
                .formatted(member, MIN_BYTES, MAX_BYTES);
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException(rule);
        }
        try {
            var bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            var isRandom = new String(bytes, ISO_8859_1).chars().distinct().count() >= MIN_DIFFERENT_CHARACTERS;
            if (bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES && isRandom) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(rule, malformed);
        }
        throw new IllegalArgumentException(rule);
    }

    @SuppressWarnings("ArrayRecordComponent") // goes straight into its row
    public record SealedSecret(String key, byte[] bytes) {}

    public Set<String> keys() {
        return keys.keySet();
    }

    /** Empty when no key is configured. */
    public Optional<SealedSecret> seal(String application, byte[] secret) {
        return keys.entrySet().stream().findFirst().map(key -> {
            var nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            var sealed = crypt(Cipher.ENCRYPT_MODE, key.getValue(), application, nonce, ByteBuffer.wrap(secret));
            return new SealedSecret(
                    key.getKey(),
                    ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        });
    }

    /** @throws UnreadableSecret when the key is not configured any more, or the encrypted bytes were changed */
    public byte[] open(String application, SealedSecret secret) {
        var key = keys.get(secret.key());
        if (key == null) {
            throw new UnreadableSecret(
                    "The secret of application %s is encrypted with the key %s, which is not among message-service.registry.secret-keys"
                            .formatted(application, secret.key()),
                    null);
        }
        var sealed = ByteBuffer.wrap(secret.bytes());
        var nonce = new byte[NONCE];
        sealed.get(nonce);
        return crypt(Cipher.DECRYPT_MODE, key, application, nonce, sealed);
    }

    private static byte[] crypt(int mode, SecretKeySpec key, String application, byte[] nonce, ByteBuffer text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(application.getBytes(UTF_8));
            var result = ByteBuffer.allocate(cipher.getOutputSize(text.remaining()));
            cipher.doFinal(text, result);
            return result.array();
        } catch (GeneralSecurityException wrong) {
            throw new UnreadableSecret("The secret of application %s does not open".formatted(application), wrong);
        }
    }
}
