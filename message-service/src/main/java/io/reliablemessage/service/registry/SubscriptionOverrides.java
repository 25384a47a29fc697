package io.reliablemessage.service.registry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores operators' overrides of subscriptions. They are kept apart from the applications' settings, and take
 * precedence until removed.
 */
@Component
public class SubscriptionOverrides {

    private static final String SET = """
            UPDATE subscription
               SET override_schedule_millis = :schedule,
                   override_max_attempts = :maxAttempts,
                   override_rate_per_second = :rate
             WHERE name = :subscription
            """;

    // A resumed subscription is not postponed: what it missed is due.
    private static final String PAUSE = """
            WITH woken AS (
                UPDATE progress SET rests_until = NULL, unanswered = '0' WHERE subscription = :subscription AND NOT :paused
            )
            UPDATE subscription SET paused = :paused WHERE name = :subscription
            """;

    private final JdbcClient jdbc;

    SubscriptionOverrides(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Replaces the override; null values return to the subscription's own.
     *
     * @return false when there is no such subscription
     */
    public boolean set(String subscription, DeliveryPolicy override) {
        return jdbc.sql(SET)
                        .param("subscription", subscription)
                        .param("schedule", override.scheduleMillis())
                        .param("maxAttempts", override.maxAttempts())
                        .param("rate", override.ratePerSecond())
                        .update()
                == 1;
    }

    /**
     * Pauses a subscription: no sends, including first ones, no attempts counted, no delivery buried.
     *
     * @return false when there is no such subscription
     */
    public boolean pause(String subscription) {
        return pause(subscription, true);
    }

    /** @return false when there is no such subscription */
    public boolean resume(String subscription) {
        return pause(subscription, false);
    }

    private boolean pause(String subscription, boolean isPaused) {
        return jdbc.sql(PAUSE)
                        .param("subscription", subscription)
                        .param("paused", isPaused)
                        .update()
                == 1;
    }
}
