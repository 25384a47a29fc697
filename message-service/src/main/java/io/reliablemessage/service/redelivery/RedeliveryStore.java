package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.database.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Processes due deliveries: claims them for another send, buries them, or postpones them if they wait in the queue.
 *
 * <p>Rows are locked by one statement and changed by others, by their ids: PostgreSQL 18 reads freed memory when a
 * statement that locks rows also leaves out partitions while it runs.
 */
@Component
class RedeliveryStore {

    // What was sent after passed_at waits in the queue, or with a consumer that will get to it.
    private static final String TERMS = """
            SELECT s.queue, t.schedule_millis, t.max_attempts,
                   COALESCE(p.attended_at > now() - t.stall_timeout AND p.unanswered >= t.stall_timeout, false) AS is_stalled,
                   COALESCE(p.ready_at > p.observed_at - interval '2 s', false) AS is_queued,
                   CASE WHEN p.ready_at > p.observed_at - interval '2 s' OR p.acked_at > now() - t.stall_timeout
                        THEN COALESCE(p.passed_at, '-infinity') - interval '5 s'
                        ELSE 'infinity' END::text AS passed
              FROM subscription_policy s
             CROSS JOIN LATERAL (SELECT COALESCE(s.schedule_millis, :schedule) AS schedule_millis,
                                        COALESCE(s.max_attempts, :maxAttempts) AS max_attempts,
                                        stall_timeout(COALESCE(s.schedule_millis, :schedule)) AS stall_timeout) t
              LEFT JOIN progress p ON p.subscription = s.name
             WHERE s.name = :subscription AND NOT s.paused
            """;

    // Consumers that are attached and acknowledge nothing get what waits once more, when its whole schedule has passed.
    // What may never have been offered to the broker, since its replica died, is sent again and not counted.
    private static final SqlTemplate LOCK = new SqlTemplate("""
            WITH due AS MATERIALIZED (                                     -- or the planner may sort all that is due
                SELECT d.message_id, d.attempts, d.sent_at, d.cause_id
                  FROM delivery d
                 WHERE d.subscription = :subscription
                   AND d.state = 'SENDING'
                   AND d.due_at <= now()
                   AND {which}
                 ORDER BY d.due_at
                 LIMIT :limit
                   FOR UPDATE OF d SKIP LOCKED
            )
            SELECT d.message_id, d.attempts, d.sent_at, d.cause_id IS NOT NULL AS is_resend,    -- by an operator
                   CASE WHEN (d.sent_at > :passed::timestamptz) IS NOT TRUE
                        THEN CASE WHEN d.sent_at IS NULL THEN 'SEND'
                                  WHEN is_claim_lost(d.sent_at) THEN 'SEND_AGAIN'
                                  WHEN d.attempts < :maxAttempts THEN 'SEND'
                                  WHEN is_claim_open(d.sent_at) THEN 'WAIT'
                                  ELSE 'BURY' END
                        WHEN NOT :stalled THEN 'POSTPONE'
                        WHEN d.attempts >= :maxAttempts THEN CASE WHEN is_claim_lost(d.sent_at) THEN 'SEND_AGAIN'
                                                                  WHEN is_claim_open(d.sent_at) THEN 'WAIT'
                                                                  ELSE 'BURY' END
                        WHEN now() < d.sent_at + redelivery_waits(:schedule, d.attempts, :maxAttempts) THEN 'POSTPONE'
                        ELSE 'SEND_LAST' END AS step
              FROM due d
            """);

    private static final String ALL = LOCK.with("which", "true").sql();
    private static final String NEVER_SENT =
            LOCK.with("which", "d.sent_at IS NULL").sql();

    private static final String CLAIM = """
            -- 1. history: the first send stands in the delivery's own time until now, which is overwritten
            WITH first_send AS (
                INSERT INTO event (message_id, at, subscription, kind, actor, detail)
                SELECT d.message_id, d.sent_at, d.subscription, 'SENT', 'service', 'attempt 1'
                  FROM delivery d
                 WHERE d.subscription = :subscription
                   AND d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last               -- prunes the days
                   AND d.attempts = 1
                   AND d.sent_at IS NOT NULL
                   AND (:attempts::int[])[array_position(:ids, d.message_id)] > 1
            ),
            -- 2. change
            claimed AS (
                UPDATE delivery d
                   SET attempts = (:attempts::int[])[array_position(:ids, d.message_id)],
                       sent_at = now(),
                       due_at = now() + redelivery_wait(:schedule, (:attempts::int[])[array_position(:ids, d.message_id)])
                 WHERE d.subscription = :subscription
                   AND d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last
                RETURNING d.message_id, d.attempts
            ),
            -- 3. history: a send that is given back and claimed again is told once
            told AS MATERIALIZED (
                SELECT e.message_id, e.at, e.kind, e.detail
                  FROM event e
                 WHERE e.message_id = ANY (:ids)
                   AND e.message_id BETWEEN :first AND :last
                   AND e.subscription = :subscription
                   AND e.kind IN ('REDELIVERED', 'RESENT')
            ), redelivered AS (
                INSERT INTO event (message_id, at, subscription, kind, actor, detail)
                SELECT c.message_id, clock_timestamp(), :subscription, 'REDELIVERED', 'service', 'attempt ' || c.attempts
                  FROM claimed c
                 WHERE c.attempts > 1
                   AND NOT EXISTS (
                           SELECT FROM told t
                            WHERE t.message_id = c.message_id AND t.kind = 'REDELIVERED' AND t.detail = 'attempt ' || c.attempts
                              AND t.at > COALESCE((SELECT max(r.at) FROM told r
                                                    WHERE r.message_id = c.message_id AND r.kind = 'RESENT'), '-infinity'))
            )
            -- 4. answer: the messages to send
            SELECT m.id, m.topic, m.key, m.producer, m.payload, m.content_type, m.headers, m.created_at,
                   m.trace_parent, m.trace_state
              FROM message m
             WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last
            """;

    private static final String BURY = """
            WITH buried AS (
                UPDATE delivery d
                   SET state = 'DEAD', due_at = NULL, finished_at = now(), cause = NULL,
                       last_error = format('no ack after %s attempts', d.attempts)
                 WHERE d.subscription = :subscription
                   AND d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last               -- prunes the days
                RETURNING d.message_id, d.last_error
            )
            INSERT INTO event (message_id, at, subscription, kind, actor, detail)
            SELECT message_id, clock_timestamp(), :subscription, 'BURIED', 'service', last_error FROM buried
            """;

    private final JdbcClient jdbc;
    private final ContentReader contents;
    private final LedgerProperties properties;

    RedeliveryStore(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.properties = properties;
    }

    /** Reads what decides about the due deliveries of a subscription; empty: it is paused. */
    Optional<Terms> terms(String subscription) {
        return jdbc.sql(TERMS)
                .param("subscription", subscription)
                .param("schedule", properties.scheduleMillis())
                .param("maxAttempts", properties.maxAttempts())
                .query((row, number) -> Terms.of(subscription, row))
                .optional();
    }

    /** Locks up to {@code limit} due deliveries, longest due first, and decides what to do with each. */
    List<Due> lock(Terms terms, int limit) {
        return lock(ALL, terms, limit);
    }

    /** The same for deliveries that were never sent, so that they cannot be in the queue. */
    List<Due> lockNeverSent(Terms terms, int limit) {
        return lock(NEVER_SENT, terms, limit);
    }

    private List<Due> lock(String sql, Terms terms, int limit) {
        return jdbc.sql(sql)
                .param("subscription", terms.subscription())
                .param("passed", terms.passed())
                .param("stalled", terms.isStalled())
                .param("schedule", terms.scheduleMillis())
                .param("maxAttempts", terms.maxAttempts())
                .param("limit", limit)
                .query((row, number) -> Due.of(row))
                .list();
    }

    /** Counts the next send of locked deliveries, to be made after the commit. */
    List<Dispatch> claim(Claim claim, Terms terms, List<Due> locked) {
        if (locked.isEmpty()) {
            return List.of();
        }
        var claimed = locked.stream().sorted(Comparator.comparing(Due::id)).toList();
        var contentOf = IdRange.bind(
                        jdbc.sql(CLAIM), claimed.stream().map(Due::id).toList())
                .param("subscription", terms.subscription())
                .param("attempts", SqlArrays.of("int4", claimed, due -> due.nextAttempt(terms)))
                .param("schedule", terms.scheduleMillis())
                .query((row, number) -> Map.entry(Columns.id(row, "id"), contents.read(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return claimed.stream()
                .flatMap(
                        due -> Optional.ofNullable(contentOf.get(due.id()))
                                .map(content -> due.dispatch(claim, terms, content))
                                .stream())
                .toList();
    }

    /** Gives locked deliveries up. */
    void bury(Terms terms, List<Due> locked) {
        if (!locked.isEmpty()) {
            IdRange.bind(jdbc.sql(BURY), locked.stream().map(Due::id).toList())
                    .param("subscription", terms.subscription())
                    .update();
        }
    }

    /**
     * What decides about a subscription's due deliveries.
     *
     * @param passed what was sent later most likely waits for its consumer; {@code infinity}: nothing does
     * @param isStalled consumers are attached and have acknowledged nothing for too long
     * @param isQueued whether messages wait in the queue
     */
    record Terms(
            String subscription,
            String queue,
            List<Long> schedule,
            int maxAttempts,
            String passed,
            boolean isStalled,
            boolean isQueued) {

        static Terms of(String subscription, ResultSet row) throws SQLException {
            return new Terms(
                    subscription,
                    row.getString("queue"),
                    List.of((Long[]) row.getArray("schedule_millis").getArray()),
                    row.getInt("max_attempts"),
                    row.getString("passed"),
                    row.getBoolean("is_stalled"),
                    row.getBoolean("is_queued"));
        }

        Object scheduleMillis() {
            return SqlArrays.of("bigint", schedule, wait -> wait);
        }
    }

    /** A locked delivery, and what to do with it. */
    record Due(MessageId id, int attempts, @Nullable Instant sentAt, boolean isResend, Step step) {

        static Due of(ResultSet row) throws SQLException {
            return new Due(
                    Columns.id(row, "message_id"),
                    row.getInt("attempts"),
                    Columns.instant(row, "sent_at"),
                    row.getBoolean("is_resend"),
                    Step.valueOf(row.getString("step")));
        }

        int nextAttempt(Terms terms) {
            return switch (step) {
                case SEND_LAST -> terms.maxAttempts();
                case SEND_AGAIN -> attempts;
                case SEND, WAIT, BURY, POSTPONE -> attempts + 1;
            };
        }

        Dispatch dispatch(Claim claim, Terms terms, Dispatch.Content content) {
            var claimed = claim.send(attempts, sentAt);
            return new Dispatch(
                    id, terms.subscription(), terms.queue(), nextAttempt(terms), isResend, claimed, content);
        }
    }

    /** What to do with a due delivery. */
    enum Step {
        SEND,
        /** Send it a last time: consumers are there, and have had its whole schedule. */
        SEND_LAST,
        /** Send it without counting: whether the last send was made is not known, and cannot be known any more. */
        SEND_AGAIN,
        /** Leave it for a moment: its last send may still be made. */
        WAIT,
        BURY,
        /** Leave it as it is: it most likely waits in the queue. */
        POSTPONE
    }
}
