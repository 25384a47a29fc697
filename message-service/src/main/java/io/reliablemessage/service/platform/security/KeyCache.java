package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.reliablemessage.service.platform.database.CallTimeout;
import io.reliablemessage.service.platform.database.DatabaseProperties;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Credentials.Credential;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Spares the database a look-up per call. A key that is revoked works for ten seconds more, a key that was tried before
 * it existed fails for ten seconds more.
 *
 * <p>Calls with one key share one look-up and its failure. If each repeated it in turn, the tenth caller would wait for
 * ten time-outs of an unavailable database.
 */
@Component
class KeyCache {

    private static final Duration STALE_AFTER = Duration.ofSeconds(10);

    private final Credentials credentials;
    private final UnknownKeys unknown;
    private final Duration timeout;
    private final AsyncCache<ByteBuffer, Optional<Credential>> byHash = Caffeine.newBuilder()
            .expireAfterWrite(STALE_AFTER)
            .maximumSize(10_000)
            .executor(Thread.ofVirtual().name("keys")::start)
            .buildAsync();

    KeyCache(Credentials credentials, UnknownKeys unknown, DatabaseProperties database) {
        this.credentials = credentials;
        this.unknown = unknown;
        this.timeout = database.callTimeout();
    }

    /** @throws Problem TOO_MANY_CALLS when too many keys from that address were unknown */
    Optional<Credential> find(ByteBuffer hash, String address) {
        try {
            return byHash.get(
                            hash,
                            (missing, executor) -> unknown.limit(
                                    missing,
                                    address,
                                    () -> CompletableFuture.supplyAsync(() -> lookUp(missing), executor)))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw unavailable(late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unavailable(stopping);
        }
    }

    @SuppressWarnings("try") // held open
    private Optional<Credential> lookUp(ByteBuffer hash) {
        try (var limited = CallTimeout.of(timeout)) {
            return credentials.find(hash.array());
        }
    }

    private static Problem unavailable(Exception cause) {
        return new Problem(
                UNAVAILABLE,
                "The key cannot be looked up in the database; nothing was done. Repeat the call later.",
                cause);
    }
}
