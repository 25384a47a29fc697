package io.reliablemessage.adminapi.cause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many deliveries died or were rejected, bucket by bucket and by cause, for a chart.
 *
 * @param bucket how long each bucket is
 * @param at when each bucket began, oldest first; the last one is not over
 * @param causes those that most ended of, most first, at most eight
 * @param others what ended of all others; none: there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CauseTrendView(
        Duration bucket,
        List<Instant> at,
        List<CauseSeries> causes,
        @Nullable RemainingCauses others) {

    /**
     * What ended of one cause, whatever became of it since.
     *
     * @param id the cause's
     * @param fingerprint see {@link CauseView}
     * @param total of all buckets
     * @param counts one per bucket
     */
    public record CauseSeries(
            String id,
            CauseKind kind,
            DeliveryState state,
            String topic,
            String subscription,
            String fingerprint,
            long total,
            List<Long> counts) {}

    /**
     * What ended of those causes that have no line of their own.
     *
     * @param causes how many they are
     */
    public record RemainingCauses(int causes, long total, List<Long> counts) {}
}
