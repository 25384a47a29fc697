package io.reliablemessage.service.redelivery;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Limits subscriptions to their rate over all replicas: each redelivery uses up a share of a second, and at most one
 * unused second is kept. So a second never sees more than twice the rate, and a minute hardly more than it.
 */
@Component
class RateLimitStore {

    private static final String OPEN = """
            INSERT INTO pace (subscription, paid_until) VALUES (:subscription, now() - interval '1 s')
                ON CONFLICT DO NOTHING
            """;

    // The lock makes replicas take turns.
    private static final String ALLOWANCE = """
            SELECT GREATEST(0, floor(
                       extract(EPOCH FROM clock_timestamp() - GREATEST(paid_until, clock_timestamp() - interval '1 s'))
                       * :rate))::integer
              FROM pace
             WHERE subscription = :subscription
               FOR UPDATE
            """;

    private static final String PAY = """
            UPDATE pace
               SET paid_until = GREATEST(paid_until, clock_timestamp() - interval '1 s') + :sends * interval '1 s' / :rate
             WHERE subscription = :subscription
            """;

    private final JdbcClient jdbc;

    RateLimitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Reserves sends within the rate. Other replicas wait for the end of this transaction. */
    int allowance(String subscription, int ratePerSecond) {
        jdbc.sql(OPEN).param("subscription", subscription).update();
        return jdbc.sql(ALLOWANCE)
                .param("subscription", subscription)
                .param("rate", ratePerSecond)
                .query(Integer.class)
                .single();
    }

    void pay(String subscription, int ratePerSecond, int sends) {
        jdbc.sql(PAY)
                .param("subscription", subscription)
                .param("rate", ratePerSecond)
                .param("sends", sends)
                .update();
    }
}
