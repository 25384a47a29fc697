package io.reliablemessage.service.admin.action;

import io.reliablemessage.service.admin.audit.OperatorAction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes a producer's check-backs due now at an operator's request. Only in a transaction. */
@Component
class CheckbackRequestStore {

    private static final int MAX_MESSAGES = 10_000;

    // Skips messages whose decision is not due yet: a check-back would end their business transaction. Skips messages
    // with a check-back or decision under way: these end by themselves, and this statement waits for no lock.
    private static final String WANT = """
            -- 1. undecided messages whose decision is late and that nobody asks about now
            WITH candidate AS MATERIALIZED (
                SELECT m.id, m.decision_due_at
                  FROM message m
                 WHERE m.producer = :application AND m.check_due_at IS NOT NULL
                 ORDER BY m.check_due_at
                 LIMIT 5 * :most
            ), leased AS MATERIALIZED (
                SELECT unnest(l.message_ids) AS id
                  FROM checkback_lease l
                 WHERE l.application = :application AND l.reported_at IS NULL AND l.expires_at > now()
            ), late AS MATERIALIZED (
                SELECT id FROM candidate c
                 WHERE decision_due_at <= now() AND NOT EXISTS (SELECT FROM leased l WHERE l.id = c.id)
                 LIMIT :most
            ), days AS MATERIALIZED (
                SELECT min(id::text)::uuid AS first, max(id::text)::uuid AS last FROM late
            ),
            -- 2. lock
            locked AS MATERIALIZED (
                SELECT m.id
                  FROM message m
                 WHERE m.id = ANY (ARRAY(SELECT id FROM late))
                   AND m.id BETWEEN (SELECT first FROM days) AND (SELECT last FROM days)   -- prunes the days
                   AND m.state = 'PENDING_CONFIRM'
                   FOR UPDATE SKIP LOCKED
            ),
            -- 3. change
            changed AS (
                UPDATE message m
                   SET check_due_at = LEAST(m.check_due_at, now())
                 WHERE m.id = ANY (ARRAY(SELECT id FROM locked))
                   AND m.id BETWEEN (SELECT first FROM days) AND (SELECT last FROM days)
                RETURNING m.id
            ),
            -- 4. history
            history AS (
                INSERT INTO event (message_id, kind, actor, detail)
                SELECT id, 'CHECKBACK_WANTED', :actor, :reason FROM changed
            )
            -- 5. answer
            SELECT (SELECT count(*) FROM changed) AS due,
                   (SELECT count(*) FROM late) = :most OR (SELECT count(*) FROM candidate) = 5 * :most AS is_capped
            """;

    private final JdbcClient jdbc;

    CheckbackRequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param isCapped there may be more */
    record Wanted(int due, boolean isCapped) {}

    Wanted want(String application, OperatorAction act) {
        return jdbc.sql(WANT)
                .param("application", application)
                .param("most", MAX_MESSAGES)
                .param("actor", act.actor())
                .param("reason", act.reason())
                .query((row, number) -> new Wanted(row.getInt("due"), row.getBoolean("is_capped")))
                .single();
    }
}
