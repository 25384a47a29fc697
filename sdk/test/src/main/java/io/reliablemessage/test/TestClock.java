package io.reliablemessage.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The service's clock. It runs like the system's, and a test can move it: what becomes due by that happens before the
 * call returns. Safe for use by many threads.
 */
public final class TestClock extends Clock {

    private final AtomicReference<Duration> ahead;
    private final ZoneId zone;
    private final Runnable moved;

    /** @param moved called after each move */
    TestClock(Runnable moved) {
        this(new AtomicReference<>(Duration.ZERO), ZoneOffset.UTC, moved);
    }

    private TestClock(AtomicReference<Duration> ahead, ZoneId zone, Runnable moved) {
        this.ahead = ahead;
        this.zone = zone;
        this.moved = moved;
    }

    /** Lets time pass: deliveries are sent again or given up, old messages are dropped. A negative time turns it back. */
    public void advance(Duration time) {
        ahead.updateAndGet(time::plus);
        moved.run();
    }

    /** Shows the system's time again. */
    public void reset() {
        ahead.set(Duration.ZERO);
        moved.run();
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new TestClock(ahead, other, moved);
    }
}
