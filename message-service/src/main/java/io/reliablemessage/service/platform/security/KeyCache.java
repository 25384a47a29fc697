package io.reliablemessage.service.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.reliablemessage.service.platform.security.Credentials.Credential;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Spares the database a look-up per call. A key that is revoked works for ten seconds more, a key that was tried before it
 * existed fails for ten seconds more.
 */
@Component
class KeyCache {

    private static final Duration STALE_AFTER = Duration.ofSeconds(10);

    private final Credentials credentials;
    private final Cache<ByteBuffer, Optional<Credential>> byHash = Caffeine.newBuilder()
            .expireAfterWrite(STALE_AFTER)
            .maximumSize(10_000)
            .build();

    KeyCache(Credentials credentials) {
        this.credentials = credentials;
    }

    Optional<Credential> find(String key) {
        var hash = KeyHash.of(key);
        return byHash.get(ByteBuffer.wrap(hash), unknown -> credentials.find(hash));
    }
}
