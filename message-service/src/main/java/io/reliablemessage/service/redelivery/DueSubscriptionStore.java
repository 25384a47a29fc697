package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.LedgerProperties;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the subscriptions that have due deliveries, and leaves them alone for a while when all of these wait. */
@Component
class DueSubscriptionStore {

    // One probe of a partial index per subscription, whatever the backlog. No EXISTS here: the planner may answer it
    // by reading all due deliveries.
    private static final String SUBSCRIPTIONS = """
            SELECT s.name, s.queue, s.rate_per_second AS rate,
                   CASE WHEN p.rests_until > now() THEN p.rests_for ELSE 'NOTHING' END AS rests_for
              FROM subscription_policy s LEFT JOIN progress p ON p.subscription = s.name
             WHERE NOT s.paused
               AND CASE WHEN p.rests_until > now() AND p.rests_for = 'CONSUMER'
                   THEN (SELECT true FROM delivery d
                          WHERE d.subscription = s.name AND d.due_at <= now() AND d.sent_at IS NULL
                          ORDER BY d.due_at LIMIT 1)
                   ELSE (SELECT true FROM delivery d
                          WHERE d.subscription = s.name AND d.due_at <= now()
                          ORDER BY d.due_at LIMIT 1)
                   END
             ORDER BY random()                                             -- nobody is always last
            """;

    private static final String REST = """
            INSERT INTO progress AS p (subscription, rests_until, rests_for)
            SELECT s.name, now() + LEAST(redelivery_step(COALESCE(s.schedule_millis, :schedule)), interval '5 s'), :restsFor
              FROM subscription_policy s
             WHERE s.name = :subscription
                ON CONFLICT (subscription) DO UPDATE
               SET rests_until = excluded.rests_until, rests_for = excluded.rests_for
            """;

    private static final String MAX_OVERDUE = """
            SELECT COALESCE(max(extract(EPOCH FROM now() - d.due_at)), 0)
              FROM subscription s
              LEFT JOIN progress p ON p.subscription = s.name
             CROSS JOIN LATERAL (SELECT due_at FROM delivery
                                  WHERE subscription = s.name AND due_at <= now()
                                  ORDER BY due_at LIMIT 1) d
             WHERE NOT s.paused AND (p.rests_until > now()) IS NOT TRUE
            """;

    private final JdbcClient jdbc;
    private final LedgerProperties properties;

    DueSubscriptionStore(JdbcClient jdbc, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Lists the subscriptions with due deliveries, in no order. */
    List<DueSubscription> subscriptions() {
        return jdbc.sql(SUBSCRIPTIONS)
                .query((row, number) -> new DueSubscription(
                        row.getString("name"),
                        row.getString("queue"),
                        (Integer) row.getObject("rate"),
                        Rest.valueOf(row.getString("rests_for"))))
                .list();
    }

    /**
     * Leaves a subscription alone for a step of its schedule, at most five seconds: all that is due is
     * where it should be.
     */
    void rest(String subscription, Rest rest) {
        jdbc.sql(REST)
                .param("subscription", subscription)
                .param("restsFor", rest.name())
                .param("schedule", properties.scheduleMillis())
                .update();
    }

    /** How long the longest due delivery has been waiting, without paused or postponed ones. */
    Duration longestOverdue() {
        return Duration.ofMillis(
                (long) (jdbc.sql(MAX_OVERDUE).query(Double.class).single() * 1000));
    }

    /**
     * A subscription with due deliveries.
     *
     * @param ratePerSecond redeliveries per second; null: no limit
     * @param rest why it is postponed; meanwhile only deliveries never sent are processed
     */
    record DueSubscription(
            String subscription, String queue, @Nullable Integer ratePerSecond, Rest rest) {}

    /** Where a subscription's due messages wait. */
    enum Rest {
        /** It is not postponed. */
        NOTHING,
        /** In the queue; an empty queue ends the postponement. */
        QUEUE,
        /** With the consumer, which has prefetched them. */
        CONSUMER
    }
}
