package io.reliablemessage.spring.internal.settling;

import java.time.Duration;
import java.util.OptionalLong;

/** Lets one log line pass per minute, with the number of events since the last one. */
final class Throttle {

    private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

    private long events;
    private long next = System.nanoTime();

    /** @return all events since the last line, if it is time for another */
    synchronized OptionalLong count(long more) {
        events += more;
        var now = System.nanoTime();
        if (events == 0 || now - next < 0) {
            return OptionalLong.empty();
        }
        var all = events;
        events = 0;
        next = now + INTERVAL;
        return OptionalLong.of(all);
    }
}
