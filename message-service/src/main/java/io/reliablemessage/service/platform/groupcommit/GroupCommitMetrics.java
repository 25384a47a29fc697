package io.reliablemessage.service.platform.groupcommit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How a lane does: {@code reliable.message.lane.*}, by {@code lane}. */
final class GroupCommitMetrics {

    private final DistributionSummary sizes;
    private final Timer times;
    private final Counter full;
    private final Counter overdue;
    private volatile int waiting;

    GroupCommitMetrics(String lane, MeterRegistry meters) {
        sizes = DistributionSummary.builder("reliable.message.lane.batch.size")
                .description("How many requests were written together")
                .tag("lane", lane)
                .register(meters);
        times = Timer.builder("reliable.message.lane.write")
                .description("How long a batch took, commit included")
                .tag("lane", lane)
                .register(meters);
        Gauge.builder("reliable.message.lane.waiting", () -> waiting)
                .description("Requests that wait to be written")
                .tag("lane", lane)
                .register(meters);
        full = refused(lane, "full", meters);
        overdue = refused(lane, "overdue", meters);
    }

    private static Counter refused(String lane, String reason, MeterRegistry meters) {
        return Counter.builder("reliable.message.lane.refused")
                .description("Requests answered 503: too much waited already, or they waited for too long")
                .tag("lane", lane)
                .tag("reason", reason)
                .register(meters);
    }

    void full(int items) {
        full.increment(items);
    }

    void overdue(int items) {
        overdue.increment(items);
    }

    void waiting(int items) {
        waiting = items;
    }

    <T> T timed(int items, Supplier<T> write) {
        var start = System.nanoTime();
        try {
            return Objects.requireNonNull(write.get());
        } finally {
            sizes.record(items);
            times.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
