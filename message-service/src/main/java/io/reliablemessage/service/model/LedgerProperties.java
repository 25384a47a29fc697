package io.reliablemessage.service.model;

import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits and waits of the ledger.
 *
 * @param acceptWindow how old an id may be when its message is prepared; 1 min to 7 days
 * @param acceptAhead how far an id may lie in the future, for producers whose clocks are ahead; 1 s to 1 day
 * @param maxDelay how far ahead a delivery may be scheduled; up to 30 days
 * @param schedule waits for an ack after each send, the last one repeating, unless a subscription sets them; each 100
 *     ms to 7 days
 * @param maxAttempts sends before a delivery is buried, unless a subscription sets it; 1 to 1,000
 * @param suspectAfter a pending message whose decision is overdue for this long is suspect
 * @param suspectAfterChecks a pending message is suspect after this many check-backs without a decision
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
        var rules = new SettingRules("message-service.ledger");
        rules.within("accept-window", acceptWindow, "1m", "7d");
        rules.within("accept-ahead", acceptAhead, "1s", "1d");
        rules.within("max-delay", maxDelay, "0s", "30d");
        rules.require(!schedule.isEmpty(), "schedule", "empty", "Choose at least one wait");
        schedule.forEach(wait -> rules.within("schedule", wait, "100ms", "7d"));
        rules.within("max-attempts", maxAttempts, 1, 1000);
        rules.atLeast("suspect-after-checks", suspectAfterChecks, 1);
        rules.positive("suspect-after", suspectAfter);
        schedule = List.copyOf(schedule);
    }

    /** The schedule in milliseconds, as the SQL takes it. */
    public Object scheduleMillis() {
        return SqlArrays.of("bigint", schedule, Duration::toMillis);
    }
}
