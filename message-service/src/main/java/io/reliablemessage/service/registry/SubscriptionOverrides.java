package io.reliablemessage.service.registry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What operators say about a subscription. It is kept apart from what its application says, and wins
 * until it is removed. By JDBC, to share the transaction of the audit's entry, which JPA would not.
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

    // A subscription that goes on does not rest: what it missed is due.
    private static final String PAUSE = """
            WITH woken AS (
                UPDATE progress SET rests_until = NULL WHERE subscription = :subscription AND NOT :paused
            )
            UPDATE subscription SET paused = :paused WHERE name = :subscription
            """;

    private final JdbcClient jdbc;

    SubscriptionOverrides(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Replaces the override; what is null in it is the subscription's own again.
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
     * Nothing is sent, counted or buried any more, first sends included.
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
