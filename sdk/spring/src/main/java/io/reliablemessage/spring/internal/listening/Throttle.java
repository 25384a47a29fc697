package io.reliablemessage.spring.internal.listening;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets a text through when it is new, and once in a while. Used by one thread. */
final class Throttle {

    private final Duration interval;
    private @Nullable String last;
    private long lastNanos;

    Throttle(Duration interval) {
        this.interval = interval;
    }

    boolean isDue(String text) {
        var now = System.nanoTime();
        if (Objects.equals(text, last) && now - lastNanos < interval.toNanos()) {
            return false;
        }
        last = text;
        lastNanos = now;
        return true;
    }

    void reset() {
        last = null;
    }
}
