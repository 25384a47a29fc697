package io.reliablemessage.benchmarks.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;

/** Waits for open messages. */
public final class Draining {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Draining() {}

    public static void await(IntSupplier outstanding, Counters counters) throws InterruptedException {
        var movedAt = Instant.now();
        var left = outstanding.getAsInt();
        while (left > 0) {
            Thread.sleep(PAUSE);
            var now = outstanding.getAsInt();
            if (now != left) {
                movedAt = Instant.now();
            } else if (Instant.now().isAfter(movedAt.plus(TIMEOUT))) {
                counters.failed("%d messages were not delivered and acknowledged within %s".formatted(left, TIMEOUT));
                return;
            }
            left = now;
        }
    }
}
