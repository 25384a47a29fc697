package io.reliablemessage.spring.internal.check;

import java.time.Duration;

/** The time until which an answer must be complete. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time that is left, at most this one; zero when it has passed. */
    Duration left(Duration most) {
        var left = Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
        return left.compareTo(most) < 0 ? left : most;
    }

    boolean hasPassed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
