package io.reliablemessage.service.platform.security;

import java.nio.charset.StandardCharsets;

/**
 * The stored form of an API key. Keys are long and random, so one round of SHA-256 is enough; passwords would need
 * more.
 */
public final class KeyHash {

    private KeyHash() {}

    public static byte[] of(String key) {
        return Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
    }
}
