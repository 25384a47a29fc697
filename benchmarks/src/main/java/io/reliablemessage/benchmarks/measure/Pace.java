package io.reliablemessage.benchmarks.measure;

import java.util.concurrent.TimeUnit;

/** Decides when the next message begins. For one thread. */
public final class Pace {

    private final long interval;
    private long due;

    private Pace(long interval) {
        this.interval = interval;
        this.due = System.nanoTime();
    }

    /** Whenever there is room. */
    public static Pace closedLoop() {
        return new Pace(0);
    }

    /** At a rate, whether the ones before are answered or not. */
    public static Pace openLoop(int perSecond) {
        return new Pace(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    public boolean isDue() {
        return interval == 0 || System.nanoTime() - due >= 0;
    }

    public void took() {
        due += interval;
    }

    /** Forgets what was due while nothing was to begin. */
    public void restart() {
        due = System.nanoTime();
    }

    /** Nanoseconds until the next is due. */
    public long untilDue() {
        return interval == 0 ? TimeUnit.SECONDS.toNanos(1) : due - System.nanoTime();
    }
}
