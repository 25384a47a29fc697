package io.reliablemessage.service.admin.action;

import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.MessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes a producer's check-backs due now at an operator's request. Only in a transaction. */
@Component
class CheckbackRequestStore {

    private static final int MAX_MESSAGES = 10_000;

    // Skips messages whose decision is not due yet: a check-back would end their business transaction. Skips messages
    // that somebody asks about now.
    private static final String LATE = """
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
            )
            SELECT (SELECT array_agg(id ORDER BY id) FROM late) AS ids,
                   (SELECT count(*) FROM late) = :most OR (SELECT count(*) FROM candidate) = 5 * :most AS is_capped
            """;

    // Apart from LATE: PostgreSQL 18 reads freed memory when one statement locks rows, finds one changed, and prunes
    // partitions by its own results. Waits for no lock: a decision that is under way ends by itself.
    private static final String WANT = """
            -- 1. lock
            WITH locked AS MATERIALIZED (
                SELECT m.id
                  FROM message m
                 WHERE m.id = ANY (:ids)
                   AND m.id BETWEEN :first AND :last                       -- prunes the days
                   AND m.state = 'PENDING_CONFIRM'
                   FOR UPDATE SKIP LOCKED
            ),
            -- 2. change
            changed AS (
                UPDATE message m
                   SET check_due_at = LEAST(m.check_due_at, now())
                 WHERE m.id = ANY (:ids)
                   AND m.id BETWEEN :first AND :last
                   AND (m.id IN (SELECT id FROM locked)) IS TRUE
                RETURNING m.id
            ),
            -- 3. history
            history AS (
                INSERT INTO event (message_id, kind, actor, detail)
                SELECT id, 'CHECKBACK_WANTED', :actor, :reason FROM changed
            )
            -- 4. answer
            SELECT count(*) FROM changed
            """;

    private final JdbcClient jdbc;

    CheckbackRequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param isCapped there may be more */
    record Wanted(int due, boolean isCapped) {}

    Wanted want(String application, OperatorAction act) {
        var late = jdbc.sql(LATE)
                .param("application", application)
                .param("most", MAX_MESSAGES)
                .query((row, number) -> new Late(ids(row), row.getBoolean("is_capped")))
                .single();
        return new Wanted(late.ids.isEmpty() ? 0 : want(late.ids, act), late.isCapped);
    }

    private int want(List<MessageId> late, OperatorAction act) {
        return IdRange.bind(jdbc.sql(WANT), late)
                .param("actor", act.actor())
                .param("reason", act.reason())
                .query(Integer.class)
                .single();
    }

    private static List<MessageId> ids(ResultSet row) throws SQLException {
        var ids = row.getArray("ids");
        return ids == null
                ? List.of()
                : Arrays.stream((UUID[]) ids.getArray()).map(MessageId::new).toList();
    }

    private record Late(List<MessageId> ids, boolean isCapped) {}
}
