package io.reliablemessage.spring.internal.settling;

import java.time.Duration;

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
    private boolean isProbing;

    /** Whether to make a call now; whoever gets true reports what came of it. */
    synchronized boolean tryCall() {
        if (failures == 0) {
            return true;
        }
        if (isProbing || System.nanoTime() - nextAttempt < 0) {
            return false;
        }
        isProbing = true;
        return true;
    }

    synchronized boolean isAway() {
        return failures > 0;
    }

    synchronized void answered() {
        failures = 0;
        isProbing = false;
    }

    synchronized void unanswered() {
        var now = System.nanoTime();
        // Calls that were on their way together fail together; that is one failure.
        if (failures == 0 || isProbing || now - nextAttempt >= 0) {
            nextAttempt = now + pauseAfter(failures).toNanos();
            failures++;
        }
        isProbing = false;
    }

    /** There was nothing to call for. */
    synchronized void unused() {
        isProbing = false;
    }

    static Duration pauseAfter(int failures) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }
}
