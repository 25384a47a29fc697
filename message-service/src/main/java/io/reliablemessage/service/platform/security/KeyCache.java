package io.reliablemessage.service.platform.security;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.reliablemessage.service.platform.security.Credentials.Credential;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/**
 * Spares the database a look-up per call. A key that is revoked works for ten seconds more, a key that was tried before it
 * existed fails for ten seconds more.
 *
 * <p>Calls with one key share one look-up and its failure. If each repeated it in turn, a database that is away would keep the
 * tenth caller waiting for ten time-outs.
 */
@Component
class KeyCache {

    private static final Duration STALE_AFTER = Duration.ofSeconds(10);

    private final Credentials credentials;
    private final AsyncCache<ByteBuffer, Optional<Credential>> byHash = Caffeine.newBuilder()
            .expireAfterWrite(STALE_AFTER)
            .maximumSize(10_000)
            .executor(Thread.ofVirtual().name("keys")::start)
            .buildAsync();

    KeyCache(Credentials credentials) {
        this.credentials = credentials;
    }

    Optional<Credential> find(ByteBuffer hash) {
        try {
            return byHash.get(hash, unknown -> credentials.find(hash.array())).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}
