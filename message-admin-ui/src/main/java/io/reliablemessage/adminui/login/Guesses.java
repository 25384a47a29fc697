package io.reliablemessage.adminui.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the guesses of each who guesses, for five minutes from the first. */
class Guesses<K> {

    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final int MAX_REMEMBERED = 10_000;

    private record Counted(int times, Instant until) {}

    private final int max;
    private final Clock clock;

    private final Map<K, Counted> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Counted> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    Guesses(int max, Clock clock) {
        this.max = max;
        this.clock = clock;
    }

    /** Counts one more; false: there have been too many. */
    synchronized boolean begin(K who) {
        var before = counts.remove(who);
        var now = clock.instant();
        var sofar = before != null && before.until.isAfter(now) ? before : new Counted(0, now.plus(WAIT));
        var isAllowed = sofar.times < max;
        counts.put(who, isAllowed ? new Counted(sofar.times + 1, sofar.until) : sofar);
        return isAllowed;
    }

    synchronized void takeBack(K who) {
        counts.computeIfPresent(who, (same, count) -> new Counted(count.times - 1, count.until));
    }

    synchronized void forget(K who) {
        counts.remove(who);
    }
}
