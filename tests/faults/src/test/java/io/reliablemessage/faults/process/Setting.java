package io.reliablemessage.faults.process;

import io.reliablemessage.faults.load.Load;
import java.time.Duration;

/**
 * The parts of a test environment.
 *
 * @param schedule how long the service waits for an ack before it sends again
 * @param load the callers' load
 * @param heap of the service, as {@code -Xmx} takes it
 * @param prefetch how many messages the consumer may have in its hands
 * @param maxAttempts sends of each delivery
 * @param forgetfulness the share of messages of which the consumer never tells the service
 */
public record Setting(Duration schedule, Load load, String heap, int prefetch, int maxAttempts, double forgetfulness) {

    public static final int MAX_ATTEMPTS = 12;

    public static Setting of(Duration schedule, Load load) {
        return of(schedule, load, "256m", 500);
    }

    public static Setting of(Duration schedule, Load load, String heap, int prefetch) {
        return new Setting(schedule, load, heap, prefetch, MAX_ATTEMPTS, 0);
    }

    /** The consumer tells the service of nothing, and each delivery is sent once. */
    public Setting withoutAcksAfterOneAttempt() {
        return new Setting(schedule, load, heap, prefetch, 1, 1);
    }
}
