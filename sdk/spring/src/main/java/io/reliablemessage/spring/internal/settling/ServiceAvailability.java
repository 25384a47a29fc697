package io.reliablemessage.spring.internal.settling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls are worth making. While the service is away there is one attempt at a time in this process, after pauses
 * that grow up to half a minute; rows are not even claimed meanwhile, so all of them go on soon after its return.
 */
final class ServiceAvailability {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 5;

    private int failures;
    private long nextAttempt;
    private @Nullable Thread probing;

    /** Whether to make a call now. A thread that gets true reports what came of it. */
    synchronized boolean tryCall() {
        if (failures == 0) {
            return true;
        }
        if (probing != null || System.nanoTime() - nextAttempt < 0) {
            return false;
        }
        probing = Thread.currentThread();
        return true;
    }

    synchronized boolean isAway() {
        return failures > 0;
    }

    synchronized void answered() {
        failures = 0;
        probing = null;
    }

    synchronized void unanswered() {
        // Calls that were on their way together fail together; that is one failure.
        if (failures == 0 || probing == Thread.currentThread()) {
            nextAttempt = System.nanoTime() + pauseAfter(failures).toNanos();
            failures++;
        }
        unused();
    }

    /** There was nothing to call for. */
    synchronized void unused() {
        if (probing == Thread.currentThread()) {
            probing = null;
        }
    }

    static Duration pauseAfter(int failures) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }
}
