package io.reliablemessage.adminapi.cause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of dead and rejected deliveries by bucket and cause, for a chart.
 *
 * @param bucket the length of a bucket
 * @param at the start of each bucket, oldest first; the last one is not over
 * @param causes those with the most failures, most first, at most eight
 * @param others the sum of all others; none: there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CauseTrendView(
        Duration bucket,
        List<Instant> at,
        List<CauseSeries> causes,
        @Nullable RemainingCauses others) {

    /**
     * The failures of one cause, whatever happened to the deliveries since.
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
     * The failures of all causes without a line of their own.
     *
     * @param causes the number of these causes
     */
    public record RemainingCauses(int causes, long total, List<Long> counts) {}
}
