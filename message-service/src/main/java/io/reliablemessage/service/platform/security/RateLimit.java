package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.TOO_MANY_CALLS;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.reliablemessage.service.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Limits the calls per second of each key: one bucket per key and replica. */
@Component
class RateLimit {

    private final LoadingCache<ByteBuffer, Bucket> buckets;

    RateLimit(SecurityProperties properties) {
        var perSecond = properties.callsPerSecond();
        buckets = Caffeine.newBuilder()
                .expireAfterAccess(Duration.ofMinutes(1))
                .maximumSize(10_000)
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /**
     * Takes one call from a key's bucket.
     *
     * @throws Problem TOO_MANY_CALLS when it is empty
     */
    void take(ByteBuffer keyHash) {
        if (!buckets.get(keyHash).tryConsume(1)) {
            throw new Problem(TOO_MANY_CALLS, "This key exceeds its calls per second.");
        }
    }
}
