package io.reliablemessage.service.model;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the ledger takes and how long it waits.
 *
 * @param acceptWindow how old an id may be when its message is prepared; 1 min to 7 days
 * @param acceptAhead how far an id may lie in the future, for producers whose clocks are ahead; 1 s to 1 day
 * @param maxDelay how far ahead a delivery may be scheduled; up to 30 days
 * @param schedule waits for an ack after each send, the last one repeating, where a subscription says nothing; each
 *     100 ms to 7 days
 * @param maxAttempts sends before a delivery is buried, where a subscription says nothing; 1 to 1,000
 * @param suspectAfter a pending message whose decision is overdue for this long is suspect
 * @param suspectAfterChecks a pending message asked for this often without an answer is suspect
 */
@ConfigurationProperties("message-service.ledger")
public record LedgerProperties(
        @DefaultValue("7d") Duration acceptWindow,
        @DefaultValue("10m") Duration acceptAhead,
        @DefaultValue("30d") Duration maxDelay,
        @DefaultValue({"30s", "1m", "5m", "15m", "1h"}) List<Duration> schedule,
        @DefaultValue("12") int maxAttempts,
        @DefaultValue("15") int suspectAfterChecks,
        @DefaultValue("30m") Duration suspectAfter) {

    public LedgerProperties {
        require(isBetween(acceptWindow, Duration.ofMinutes(1), Duration.ofDays(7)), "accept-window", "1m to 7d");
        require(isBetween(acceptAhead, Duration.ofSeconds(1), Duration.ofDays(1)), "accept-ahead", "1s to 1d");
        require(isBetween(maxDelay, Duration.ZERO, Duration.ofDays(30)), "max-delay", "0 to 30d");
        require(!schedule.isEmpty(), "schedule", "at least one wait");
        require(
                schedule.stream().allMatch(wait -> isBetween(wait, Duration.ofMillis(100), Duration.ofDays(7))),
                "schedule",
                "waits of 100ms to 7d");
        require(maxAttempts >= 1 && maxAttempts <= 1000, "max-attempts", "1 to 1000");
        require(suspectAfterChecks >= 1, "suspect-after-checks", "at least 1");
        require(suspectAfter.isPositive(), "suspect-after", "a positive duration");
        schedule = List.copyOf(schedule);
    }

    /** In the form the SQL takes. */
    public Long[] scheduleMillis() {
        return schedule.stream().map(Duration::toMillis).toArray(Long[]::new);
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String property, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("message-service.ledger.%s takes %s".formatted(property, allowed));
        }
    }
}
