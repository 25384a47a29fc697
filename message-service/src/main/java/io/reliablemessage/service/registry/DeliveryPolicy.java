package io.reliablemessage.service.registry;

import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checked redelivery settings of a subscription. Null in an override: the subscription's value; null in a
 * subscription: the service's.
 *
 * @param schedule waits for an ack after each send, the last one repeating
 * @param maxAttempts sends before a delivery is buried
 * @param ratePerSecond redeliveries per second at most
 */
public record DeliveryPolicy(
        @Nullable List<Duration> schedule,
        @Nullable Integer maxAttempts,
        @Nullable Integer ratePerSecond) {

    private static final int MAX_SCHEDULE_LENGTH = 50;
    private static final int MAX_ATTEMPTS = 1000;
    private static final int HIGHEST_RATE = 100_000;
    private static final Duration MIN_WAIT = Duration.ofMillis(100);
    private static final Duration MAX_WAIT = Duration.ofDays(7);

    public DeliveryPolicy {
        if (schedule != null) {
            Names.require(
                    !schedule.isEmpty() && schedule.size() <= MAX_SCHEDULE_LENGTH,
                    "schedule takes 1 to %d waits.".formatted(MAX_SCHEDULE_LENGTH));
            Names.require(
                    schedule.stream()
                            .allMatch(wait ->
                                    wait != null && wait.compareTo(MIN_WAIT) >= 0 && wait.compareTo(MAX_WAIT) <= 0),
                    "schedule takes waits of %s to %s.".formatted(MIN_WAIT, MAX_WAIT));
            schedule = List.copyOf(schedule);
        }
        Names.require(
                maxAttempts == null || (maxAttempts >= 1 && maxAttempts <= MAX_ATTEMPTS),
                "maxAttempts takes 1 to %d.".formatted(MAX_ATTEMPTS));
        Names.require(
                ratePerSecond == null || (ratePerSecond >= 1 && ratePerSecond <= HIGHEST_RATE),
                "ratePerSecond takes 1 to %d.".formatted(HIGHEST_RATE));
    }

    /** As the SQL takes it. */
    @Nullable
    Object scheduleMillis() {
        return schedule == null ? null : SqlArrays.of("bigint", schedule, Duration::toMillis);
    }
}
