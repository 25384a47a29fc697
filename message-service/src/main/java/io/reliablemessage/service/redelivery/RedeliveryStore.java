package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.database.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Processes due deliveries: claims them for another send, buries them, or postpones them if they wait in the queue. */
@Component
class RedeliveryStore {

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

    // Due deliveries are looked up by their ids, not joined: a generic plan does not know the limit, and a join
    // would read all of them.
    private static final SqlTemplate TAKE_UP = new SqlTemplate("""
            -- 1. the terms of the subscription; none: it is paused
            WITH policy AS MATERIALIZED (
                SELECT s.queue,
                       COALESCE(s.schedule_millis, :schedule) AS schedule_millis,
                       COALESCE(s.max_attempts, :maxAttempts) AS max_attempts,
                       -- what was sent later waits in the queue, or with a consumer that will get to it
                       CASE WHEN :waiting
                              OR p.at > now() - GREATEST(redelivery_step(COALESCE(s.schedule_millis, :schedule)), interval '2 s')
                            THEN COALESCE(p.acked_sent_at, '-infinity') - interval '5 s' ELSE 'infinity' END AS passed
                  FROM subscription_policy s
                  LEFT JOIN progress p ON p.subscription = s.name
                 WHERE s.name = :subscription AND NOT s.paused
            ),
            -- 2. lock what is due, and decide what to do with each
            due AS MATERIALIZED (
                SELECT d.message_id, d.sent_at,
                       CASE WHEN d.sent_at > (SELECT passed FROM policy) THEN 'POSTPONE'
                            WHEN d.attempts >= (SELECT max_attempts FROM policy) THEN 'BURY'
                            ELSE 'SEND' END AS act
                  FROM delivery d
                 WHERE d.subscription = :subscription
                   AND d.state = 'SENDING'
                   AND d.due_at <= now()
                   AND {which}
                   AND EXISTS (SELECT FROM policy)
                 ORDER BY d.due_at
                 LIMIT :limit
                   FOR UPDATE OF d SKIP LOCKED
            ), days AS MATERIALIZED (
                SELECT min(message_id::text)::uuid AS first, max(message_id::text)::uuid AS last
                  FROM due
                 WHERE act <> 'POSTPONE'
            ),
            -- 3. change: claimed for another send, or dead
            claimed AS (
                UPDATE delivery d                                          -- one on its way that has a cause was resent
                   SET attempts = d.attempts + 1,
                       sent_at = now(),
                       due_at = now() + redelivery_wait((SELECT schedule_millis FROM policy), d.attempts + 1)
                 WHERE d.subscription = :subscription
                   AND d.message_id = ANY (ARRAY(SELECT message_id FROM due WHERE act = 'SEND'))
                   AND d.message_id BETWEEN (SELECT first FROM days) AND (SELECT last FROM days)
                RETURNING d.message_id, d.subscription, d.attempts, d.cause_id IS NOT NULL AS is_resend
            ), buried AS (
                UPDATE delivery d
                   SET state = 'DEAD', due_at = NULL, finished_at = now(), cause = NULL,
                       last_error = format('no ack after %s attempts', d.attempts)
                 WHERE d.subscription = :subscription
                   AND d.message_id = ANY (ARRAY(SELECT message_id FROM due WHERE act = 'BURY'))
                   AND d.message_id BETWEEN (SELECT first FROM days) AND (SELECT last FROM days)
                RETURNING d.message_id, d.subscription, d.last_error
            ),
            -- 4. history
            history AS (
                INSERT INTO event (message_id, at, subscription, kind, actor, detail)
                -- in the delivery's own time until now, which is overwritten
                SELECT c.message_id, d.sent_at, c.subscription, 'SENT', 'service', 'attempt 1'
                  FROM claimed c JOIN due d ON d.message_id = c.message_id
                 WHERE c.attempts = 2 AND d.sent_at IS NOT NULL
                UNION ALL
                SELECT message_id, clock_timestamp(), subscription, 'REDELIVERED', 'service', 'attempt ' || attempts
                  FROM claimed
                 WHERE attempts > 1
                UNION ALL
                SELECT message_id, clock_timestamp(), subscription, 'BURIED', 'service', last_error FROM buried
            ),
            -- 5. answer: the messages to send, and the counts
            sent AS (
                SELECT m.id, m.topic, m.key, m.producer, m.payload, m.content_type, m.headers, m.created_at,
                       m.trace_parent, m.trace_state, c.subscription, c.attempts, c.is_resend
                  FROM claimed c JOIN message m ON m.id = c.message_id
                 WHERE m.id = ANY (ARRAY(SELECT message_id FROM due WHERE act = 'SEND'))
                   AND m.id BETWEEN (SELECT first FROM days) AND (SELECT last FROM days)
            )
            SELECT counts.*, (SELECT queue FROM policy) AS queue, sent.*
              FROM (SELECT count(*) FILTER (WHERE act = 'BURY') AS buried,
                           count(*) FILTER (WHERE act = 'POSTPONE') AS postponed FROM due) AS counts
              LEFT JOIN sent ON true
            """);

    private static final String ALL = TAKE_UP.with("which", "true").sql();
    private static final String NEVER_SENT =
            TAKE_UP.with("which", "d.sent_at IS NULL").sql();

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
    private final ContentReader contents;
    private final LedgerProperties properties;

    RedeliveryStore(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.contents = contents;
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
     * Processes up to {@code limit} deliveries of one subscription, longest due first. Those that most likely wait in
     * its queue are postponed.
     *
     * @param isWaiting whether messages are ready in its queue
     */
    ClaimedPage takeUp(String subscription, int limit, boolean isWaiting) {
        return takeUp(ALL, subscription, limit, isWaiting);
    }

    /** The same for deliveries that were never sent, so that they cannot be in the queue. */
    ClaimedPage takeUpNeverSent(String subscription, int limit) {
        return takeUp(NEVER_SENT, subscription, limit, false);
    }

    private ClaimedPage takeUp(String sql, String subscription, int limit, boolean isWaiting) {
        return jdbc.sql(sql)
                .param("subscription", subscription)
                .param("limit", limit)
                .param("waiting", isWaiting)
                .param("schedule", schedule())
                .param("maxAttempts", properties.maxAttempts())
                .query(this::taken);
    }

    private ClaimedPage taken(ResultSet row) throws SQLException {
        var dispatches = new ArrayList<Dispatch>();
        var buried = 0;
        var postponed = 0;
        while (row.next()) {
            buried = row.getInt("buried");
            postponed = row.getInt("postponed");
            if (row.getString("subscription") != null) {
                dispatches.add(new Dispatch(
                        Columns.id(row, "id"),
                        row.getString("subscription"),
                        row.getString("queue"),
                        row.getInt("attempts"),
                        row.getBoolean("is_resend"),
                        contents.read(row)));
            }
        }
        return new ClaimedPage(dispatches, buried, postponed);
    }

    /**
     * Leaves a subscription alone for a step of its schedule, at most five seconds: all that is due is
     * where it should be.
     */
    void rest(String subscription, Rest rest) {
        jdbc.sql(REST)
                .param("subscription", subscription)
                .param("restsFor", rest.name())
                .param("schedule", schedule())
                .update();
    }

    /** How long the longest due delivery has been waiting, without paused or postponed ones. */
    Duration longestOverdue() {
        return Duration.ofMillis(
                (long) (jdbc.sql(MAX_OVERDUE).query(Double.class).single() * 1000));
    }

    private Object schedule() {
        return SqlArrays.of("bigint", List.of(properties.scheduleMillis()), wait -> wait);
    }

    /**
     * A subscription with due deliveries.
     *
     * @param ratePerSecond redeliveries per second; null: no limit
     * @param rest why it is postponed; meanwhile only deliveries never sent are processed
     */
    record DueSubscription(
            String subscription, String queue, @Nullable Integer ratePerSecond, Rest rest) {

        DueSubscription resting(Rest rest) {
            return new DueSubscription(subscription, queue, ratePerSecond, rest);
        }
    }

    /** Where a subscription's due messages wait. */
    enum Rest {
        /** It is not postponed. */
        NOTHING,
        /** In the queue; an empty queue ends the postponement. */
        QUEUE,
        /** With the consumer, which has prefetched them. */
        CONSUMER
    }

    /**
     * The result of a page of due deliveries.
     *
     * @param dispatches claimed, to be sent after the commit
     * @param buried given up
     * @param postponed left as they are
     */
    record ClaimedPage(List<Dispatch> dispatches, int buried, int postponed) {}
}
