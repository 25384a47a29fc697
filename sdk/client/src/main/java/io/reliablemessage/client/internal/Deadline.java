package io.reliablemessage.client.internal;

import java.time.Duration;

/** The end of a call's time. */
record Deadline(long nanos) {

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** Negative once it is over. */
    Duration left() {
        return Duration.ofNanos(nanos - System.nanoTime());
    }

    boolean hasMoreThan(Duration wait) {
        return left().compareTo(wait) > 0;
    }
}
