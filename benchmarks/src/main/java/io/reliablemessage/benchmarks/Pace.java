package io.reliablemessage.benchmarks;

import java.util.concurrent.TimeUnit;

/** When the next message is to begin. For one thread. */
final class Pace {

    private final long interval;
    private long due;

    private Pace(long interval) {
        this.interval = interval;
        this.due = System.nanoTime();
    }

    /** Whenever there is room. */
    static Pace closedLoop() {
        return new Pace(0);
    }

    /** At a rate, whether the ones before are answered or not. */
    static Pace openLoop(int perSecond) {
        return new Pace(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    boolean isDue() {
        return interval == 0 || System.nanoTime() - due >= 0;
    }

    void took() {
        due += interval;
    }

    /** Forgets what was due while nothing was to begin. */
    void restart() {
        due = System.nanoTime();
    }

    /** Nanoseconds until the next is due. */
    long untilDue() {
        return interval == 0 ? TimeUnit.SECONDS.toNanos(1) : due - System.nanoTime();
    }
}
