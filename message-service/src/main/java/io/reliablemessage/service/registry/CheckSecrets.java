package io.reliablemessage.service.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.registry.RegistryProperties.SecretKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals what signs the asks (AES-GCM), so that a copy of the database betrays nothing. The application's name is
 * authenticated along, so that nobody can put one application's secret into another's row.
 *
 * <p>The first configured key seals, all of them open: a new key goes in front of the old one, which may go when every
 * application has registered again.
 */
@Component
class CheckSecrets {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

    CheckSecrets(RegistryProperties configured) {
        for (SecretKey key : configured.secretKeys()) {
            if (keys.put(key.id(), new SecretKeySpec(key.bytes(), "AES")) != null) {
                throw new IllegalArgumentException(
                        "reliable-message.registry.secret-keys has the id %s twice".formatted(key.id()));
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // goes straight into its row
    record SealedSecret(String key, byte[] bytes) {}

    Set<String> keys() {
        return keys.keySet();
    }

    /** Empty when no key is configured. */
    Optional<SealedSecret> seal(String application, byte[] secret) {
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

    /** @throws CheckEndpoints.Sealed when the key is not configured any more, or the bytes are not what was sealed */
    byte[] open(String application, SealedSecret secret) {
        var key = keys.get(secret.key());
        if (key == null) {
            throw new CheckEndpoints.Sealed(
                    "The secret of application %s is sealed with the key %s, which is not among reliable-message.registry.secret-keys"
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
            throw new CheckEndpoints.Sealed("The secret of application %s does not open".formatted(application), wrong);
        }
    }
}
