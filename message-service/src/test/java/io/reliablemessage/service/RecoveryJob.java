package io.reliablemessage.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls the redelivery command at an interval, as the recovery job does. */
public final class RecoveryJob implements AutoCloseable {

    private final Service service;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    public RecoveryJob(Service service, Duration interval) {
        this.service = service;
        timer.scheduleWithFixedDelay(this::call, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A failed call is the next one's to repeat, as with the recovery job; the test that made it fails at its end. */
    private void call() {
        try {
            redeliver();
        } catch (RuntimeException | AssertionError failed) {
            failures.add(failed);
        }
    }

    private void redeliver() {
        var report = service.as(Key.WORKER).post("/jobs/redeliveries", Map.of("limit", 5000));
        sent.addAndGet(report.body().path("sent").asInt());
        calls.incrementAndGet();
    }

    public int calls() {
        return calls.get();
    }

    public int sent() {
        return sent.get();
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a call does not end");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        assertThat(failures).as("failed calls").isEmpty();
    }
}
