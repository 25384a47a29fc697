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
 */
public record Setting(Duration schedule, Load load, String heap, int prefetch) {

    public static Setting of(Duration schedule, Load load) {
        return new Setting(schedule, load, "256m", 500);
    }
}
