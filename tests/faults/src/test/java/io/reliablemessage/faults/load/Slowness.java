package io.reliablemessage.faults.load;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits: here, unlike in other tests, the passing of time is tested. */
public final class Slowness {

    private Slowness() {}

    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public static void upTo(Duration most) {
        of(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most.toMillis())));
    }
}
