package io.reliablemessage.spring.internal.sending;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets no transaction wait for a service that is known to be away: after five failures in a row nobody calls it for five
 * seconds; then one caller at a time tries.
 */
final class Breaker {

    private static final int FAILURES = 5;
    private static final Duration OPEN = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private int failures;
    private long openUntil;

    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether the caller may call; a probe that does may keep others away for as long as the breaker stays open. */
    synchronized boolean allows() {
        if (failures < FAILURES) {
            return true;
        }
        if (nanos.getAsLong() - openUntil < 0) {
            return false;
        }
        open();
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures = Math.min(failures + 1, FAILURES);
        if (failures == FAILURES) {
            open();
        }
    }

    private void open() {
        openUntil = nanos.getAsLong() + OPEN.toNanos();
    }
}
