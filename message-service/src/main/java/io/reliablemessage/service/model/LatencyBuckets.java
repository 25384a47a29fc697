package io.reliablemessage.service.model;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Sorts latencies into buckets, each a fifth larger than the one before, so that those of many replicas and minutes can
 * be added up and still give a median to within a tenth. They range from a millisecond to a month.
 */
public final class LatencyBuckets {

    static final int COUNT = 128;

    private static final double PER_OCTAVE = 4;

    private LatencyBuckets() {}

    static int of(Duration latency) {
        var millis = latency.toNanos() / 1e6;
        return millis <= 1 ? 0 : Math.min(COUNT - 1, (int) Math.ceil(PER_OCTAVE * Math.log(millis) / Math.log(2)));
    }

    /**
     * The milliseconds within which a share of the counted latencies lies.
     *
     * @param counts of each bucket
     * @param share of 1
     */
    public static OptionalLong quantile(List<Long> counts, double share) {
        var total = counts.stream().mapToLong(Long::longValue).sum();
        var rest = Math.max(1, Math.ceil(total * share));
        for (var place = 0; total > 0 && place < counts.size(); place++) {
            rest -= counts.get(place);
            if (rest <= 0) {
                return OptionalLong.of(Math.round(middle(place)));
            }
        }
        return OptionalLong.empty();
    }

    private static double middle(int place) {
        return place == 0 ? 1 : Math.pow(2, (place - 0.5) / PER_OCTAVE);
    }
}
