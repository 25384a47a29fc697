package io.reliablemessage.adminapi.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, bucket by bucket, for charts.
 *
 * @param bucket how long each of them is
 * @param points oldest first, with none missing; the last one is not over
 */
public record RatesView(Duration bucket, List<Point> points) {

    /**
     * What happened in one bucket. What replicas did in their last seconds is told a few seconds later; one that is
     * killed takes it along.
     *
     * @param at when it began
     * @param sent deliveries that the broker has confirmed, redeliveries included
     * @param redelivered of these, those that were not the first attempt
     * @param dead deliveries that were given up
     * @param p50Millis half of what consumers answered took at most so long, from the moment it could be delivered,
     *     to within a tenth; none: nothing was answered
     * @param p99Millis so did all but one in a hundred
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(
            Instant at,
            long prepared,
            long confirmed,
            long cancelled,
            long sent,
            long consumed,
            long redelivered,
            long dead,
            long rejected,
            @Nullable Long p50Millis,
            @Nullable Long p99Millis) {}
}
