package io.reliablemessage.adminapi.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of steps by bucket, for charts.
 *
 * @param bucket the length of a bucket
 * @param points oldest first, with none missing; the last one is not over
 */
public record RatesView(Duration bucket, List<Point> points) {

    /**
     * The counts of one bucket. A replica's last seconds appear a few seconds later; a killed replica loses them.
     *
     * @param at its start
     * @param sent deliveries that the broker has confirmed, redeliveries included
     * @param redelivered of these, those that were not the first attempt
     * @param dead deliveries that were given up
     * @param p50Millis the median time from when a message could be delivered to its ack or reject, to within a tenth;
     *     none: there were none
     * @param p99Millis the same for 99 %
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
