package io.reliablemessage.service.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/** Counts this replica's steps since its start, for charts; a step costs one addition in memory. */
@Component
public class ActivityCounters {

    /** The steps that are counted. */
    public enum Step {
        PREPARED,
        CONFIRMED,
        CANCELLED,
        SENT,
        REDELIVERED,
        CONSUMED,
        REJECTED,
        DEAD
    }

    private final Map<Step, LongAdder> steps = new EnumMap<>(Step.class);
    private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.COUNT);

    ActivityCounters() {
        Arrays.stream(Step.values()).forEach(step -> steps.put(step, new LongAdder()));
    }

    public void add(Step step, int count) {
        Objects.requireNonNull(steps.get(step)).add(count);
    }

    /** The broker has confirmed a send. */
    public void sent(Dispatch dispatch) {
        add(Step.SENT, 1);
        if (dispatch.attempt() > 1) {
            add(Step.REDELIVERED, 1);
        }
    }

    /** Counts a consumer's answer, with the time since the message could be delivered. */
    public void answeredAfter(Duration latency) {
        latencies.incrementAndGet(LatencyBuckets.of(latency));
    }

    /** All that was counted so far. */
    public Counts counts() {
        var counts = new EnumMap<Step, Long>(Step.class);
        steps.forEach((step, adder) -> counts.put(step, adder.sum()));
        return new Counts(
                counts,
                LongStream.range(0, latencies.length())
                        .map(place -> latencies.get((int) place))
                        .boxed()
                        .toList());
    }

    /** @param latencies how many of each of {@link LatencyBuckets} */
    public record Counts(Map<Step, Long> steps, java.util.List<Long> latencies) {

        public static final Counts NONE = new Counts(Map.of(), java.util.List.of());

        public long of(Step step) {
            return steps.getOrDefault(step, 0L);
        }

        /** The difference to an earlier one. */
        public Counts since(Counts before) {
            return combined(before, -1);
        }

        public Counts plus(Counts other) {
            return combined(other, 1);
        }

        private Counts combined(Counts other, int sign) {
            var sums = new EnumMap<Step, Long>(Step.class);
            for (var step : Step.values()) {
                sums.put(step, of(step) + sign * other.of(step));
            }
            var length = Math.max(latencies.size(), other.latencies.size());
            return new Counts(
                    sums,
                    LongStream.range(0, length)
                            .map(place -> at((int) place) + sign * other.at((int) place))
                            .boxed()
                            .toList());
        }

        private long at(int place) {
            return place < latencies.size() ? latencies.get(place) : 0;
        }

        public boolean isNothing() {
            return steps.values().stream().allMatch(count -> count == 0)
                    && latencies.stream().allMatch(count -> count == 0);
        }
    }
}
