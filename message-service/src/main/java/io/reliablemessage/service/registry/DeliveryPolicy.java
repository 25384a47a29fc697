package io.reliablemessage.service.registry;

import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is redelivered to, found allowed. What is null is somebody else's to say: an override's the
 * subscription, a subscription's the service.
 *
 * @param schedule waits for an ack after each send, the last one repeating
 * @param maxAttempts sends before a delivery is buried
 * @param ratePerSecond redeliveries per second at most
 */
public record DeliveryPolicy(
        @Nullable List<Duration> schedule,
        @Nullable Integer maxAttempts,
        @Nullable Integer ratePerSecond) {

    private static final int LONGEST_SCHEDULE = 50;
    private static final int MOST_ATTEMPTS = 1000;
    private static final int HIGHEST_RATE = 100_000;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    public DeliveryPolicy {
        if (schedule != null) {
            Names.require(
                    !schedule.isEmpty() && schedule.size() <= LONGEST_SCHEDULE,
                    "schedule takes 1 to %d waits.".formatted(LONGEST_SCHEDULE));
            Names.require(
                    schedule.stream()
                            .allMatch(wait -> wait != null
                                    && wait.compareTo(SHORTEST_WAIT) >= 0
                                    && wait.compareTo(LONGEST_WAIT) <= 0),
                    "schedule takes waits of %s to %s.".formatted(SHORTEST_WAIT, LONGEST_WAIT));
            schedule = List.copyOf(schedule);
        }
        Names.require(
                maxAttempts == null || (maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS),
                "maxAttempts takes 1 to %d.".formatted(MOST_ATTEMPTS));
        Names.require(
                ratePerSecond == null || (ratePerSecond >= 1 && ratePerSecond <= HIGHEST_RATE),
                "ratePerSecond takes 1 to %d.".formatted(HIGHEST_RATE));
    }

    /** In the form the SQL takes. */
    @Nullable
    Object scheduleMillis() {
        return schedule == null ? null : SqlArrays.of("bigint", schedule, Duration::toMillis);
    }
}
