package io.reliablemessage.service.platform.groupcommit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reliablemessage.service.platform.database.AfterCommit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Figures of a group commit: {@code reliable.message.group.commit.*}, by {@code group}. */
final class GroupCommitMetrics {

    private final DistributionSummary sizes;
    private final Timer times;
    private final Counter full;
    private final Counter overdue;
    private volatile int waiting;

    GroupCommitMetrics(String groupCommit, MeterRegistry meters) {
        sizes = DistributionSummary.builder("reliable.message.group.commit.batch.size")
                .description("How many requests were written together")
                .tag("group", groupCommit)
                .register(meters);
        times = Timer.builder("reliable.message.group.commit.write")
                .description("How long a batch took, commit included")
                .tag("group", groupCommit)
                .register(meters);
        Gauge.builder("reliable.message.group.commit.waiting", () -> waiting)
                .description("Requests that wait to be written")
                .tag("group", groupCommit)
                .register(meters);
        full = refused(groupCommit, "full", meters);
        overdue = refused(groupCommit, "overdue", meters);
    }

    private static Counter refused(String groupCommit, String reason, MeterRegistry meters) {
        return Counter.builder("reliable.message.group.commit.refused")
                .description("Requests answered 503: too much waited already, or they waited for too long")
                .tag("group", groupCommit)
                .tag("reason", reason)
                .register(meters);
    }

    void full(int items) {
        AfterCommit.run(() -> full.increment(items));
    }

    void overdue(int items) {
        AfterCommit.run(() -> overdue.increment(items));
    }

    void waiting(int items) {
        waiting = items;
    }

    <T> T timed(int items, Supplier<T> write) {
        var start = System.nanoTime();
        try {
            return Objects.requireNonNull(write.get());
        } finally {
            var taken = System.nanoTime() - start;
            AfterCommit.run(() -> {
                sizes.record(items);
                times.record(taken, TimeUnit.NANOSECONDS);
            });
        }
    }
}
