package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.TOO_MANY_CALLS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.webserver.ClientAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Limits how many unknown keys a client address may have looked up: each is a query. A key that was good within the last
 * hour is always looked up, so that nobody can lock out others behind the same address.
 */
@Component
class UnknownKeys {

    private static final int BURST = 10;

    private final LoadingCache<String, Bucket> byAddress;
    private final Cache<ByteBuffer, Boolean> good = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofHours(1))
            .maximumSize(10_000)
            .build();

    UnknownKeys(SecurityProperties properties) {
        var perSecond = properties.unknownKeysPerSecond();
        byAddress = Caffeine.newBuilder()
                .expireAfterAccess(Duration.ofMinutes(1))
                .maximumSize(10_000)
                .build(address -> Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity((long) BURST * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /**
     * Looks a key up, unless too many from that address were unknown. What turns out to be good, or fails, does not count.
     *
     * @throws Problem TOO_MANY_CALLS
     */
    <T> CompletableFuture<Optional<T>> limit(
            ByteBuffer keyHash, String address, Supplier<CompletableFuture<Optional<T>>> lookUp) {
        if (good.getIfPresent(keyHash) != null) {
            return lookUp.get();
        }
        var bucket = byAddress.get(ClientAddress.network(address));
        if (!bucket.tryConsume(1)) {
            throw new Problem(TOO_MANY_CALLS, "Too many unknown keys come from this address.");
        }
        return lookUp.get().whenComplete((found, failure) -> {
            if (failure != null) {
                bucket.addTokens(1);
            } else if (found.isPresent()) {
                bucket.addTokens(1);
                good.put(keyHash, true);
            }
        });
    }
}
