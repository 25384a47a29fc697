package io.reliablemessage.service.checkback;

import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.database.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the results of check-backs: their schedule and record. The decision itself is {@code DecisionStore}'s. */
@Component
class CheckbackAnswerStore {

    private static final String LEASE = """
            SELECT l.application, l.leased_at, l.expires_at, l.probe_ref IS NOT NULL AS is_probe, asked.id,
                   COALESCE(m.check_ref, l.probe_ref) AS check_ref,
                   l.probe_ref IS NULL AND COALESCE(a.check_copies, false) AS is_store_copied
              FROM checkback_lease l
              LEFT JOIN application a ON a.name = l.application
             CROSS JOIN LATERAL unnest(l.message_ids) AS asked (id)
              LEFT JOIN message m ON m.id = asked.id
             WHERE l.id = :lease
             ORDER BY asked.id
            """;

    // A verdict is applied before it is recorded; the timeline lists the cause before its effect.
    private static final String ANSWERED_AT = """
            CASE WHEN l.decided_by = 'check-back' AND (l.state, a.answer)
                      IN (('CONFIRMED', 'COMMITTED'), ('CANCELLED', 'ROLLED_BACK'))
                 THEN l.decided_at ELSE clock_timestamp() END""";

    // The first report in time ends the lease; any other report finds no open lease and changes nothing. The next ask
    // comes at least one lease later, so asks about one message keep their distance, whoever makes them.
    private static final String SETTLE =
            new SqlTemplate("""
            -- 1. end the lease; none: it has ended, and nothing below finds a message
            WITH lease AS (
                UPDATE checkback_lease SET reported_at = now()
                 WHERE id = :lease AND reported_at IS NULL AND expires_at > now()
                RETURNING application
            ), answer AS MATERIALIZED (
                SELECT * FROM unnest(:ids::uuid[], :answers::text[]) AS a (id, answer)
            ),
            -- 2. lock
            locked AS MATERIALIZED (
                SELECT m.id, m.check_answer, m.state, m.decided_at, m.decided_by
                  FROM message m
                 WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last        -- prunes the days
                   AND EXISTS (SELECT FROM lease)
                 ORDER BY m.id                                                   -- one lock order for everybody
                   FOR UPDATE OF m
            ),
            -- 3. change
            changed AS (
                UPDATE message m
                   SET check_attempts = m.check_attempts + 1,
                       check_answer = (SELECT a.answer FROM answer a WHERE a.id = m.id),
                       -- null stays null: it is decided
                       check_due_at = CASE WHEN m.check_due_at IS NOT NULL THEN
                           now() + LEAST(:maxInterval, :shortestWait * 2 ^ LEAST(m.check_attempts, 20))
                                   * (1 + random() * 0.1) * interval '1 ms' END
                 WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last
                   AND (m.id IN (SELECT id FROM locked)) IS TRUE    -- an array of these would prune while rows are locked
            ),
            -- 4. history: an answer that differs from the one before
            history AS (
                INSERT INTO event (message_id, at, kind, actor, detail)
                SELECT l.id, {answeredAt}, 'CHECKED_BACK', (SELECT application FROM lease), a.answer
                  FROM locked l JOIN answer a ON a.id = l.id
                 WHERE a.answer IS DISTINCT FROM l.check_answer
            )
            -- 5. answer
            SELECT count(*) FROM lease
            """).with("answeredAt", ANSWERED_AT).sql();

    private static final String LATE =
            new SqlTemplate("""
            WITH answer AS MATERIALIZED (
                SELECT * FROM unnest(:ids::uuid[], :answers::text[]) AS a (id, answer)
            ), locked AS MATERIALIZED (
                SELECT m.id, m.state, m.decided_at, m.decided_by
                  FROM message m
                 WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last
                   AND m.check_answer IS DISTINCT FROM (SELECT a.answer FROM answer a WHERE a.id = m.id)
                 ORDER BY m.id
                   FOR UPDATE OF m
            ), changed AS (
                UPDATE message m SET check_answer = (SELECT a.answer FROM answer a WHERE a.id = m.id)
                 WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last
                   AND (m.id IN (SELECT id FROM locked)) IS TRUE                -- as above
            )
            INSERT INTO event (message_id, at, kind, actor, detail)
            SELECT l.id, {answeredAt}, 'CHECKED_BACK', :application, a.answer
              FROM locked l JOIN answer a ON a.id = l.id
            """).with("answeredAt", ANSWERED_AT).sql();

    private static final String RETURN = """
            WITH lease AS (
                UPDATE checkback_lease SET reported_at = now()
                 WHERE id = :lease AND reported_at IS NULL AND expires_at > now()
                RETURNING id
            ), returned AS (
                -- no condition on the time: an index partial by it would lure the planner away from the ids
                UPDATE message m SET check_due_at = CASE WHEN m.check_due_at IS NOT NULL THEN now() END
                 WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last
                   AND EXISTS (SELECT FROM lease)
            )
            SELECT count(*) FROM lease
            """;

    private static final String PROBED = """
            WITH lease AS (
                UPDATE checkback_lease SET reported_at = now()
                 WHERE id = :lease AND reported_at IS NULL AND expires_at > now()
                RETURNING application, leased_at
            )
            UPDATE application a
               SET check_copies = :copies, probe_due_at = now() + :interval * interval '1 ms'
              FROM lease l
             WHERE a.name = l.application
               -- what the lease left there; a registration since then asks for a probe of its own
               AND a.probe_due_at = l.leased_at + :retry * interval '1 ms'
            """;

    // One answer ends the application's back-off, but the number of messages per request then only doubles. Otherwise
    // one message that the endpoint chokes on would fail with a hundred others again and again.
    private static final String PACE = """
            UPDATE application
               SET check_success = COALESCE(check_success * 0.95 + answer.success * 0.05, answer.success),
                   check_millis = COALESCE(check_millis * 0.95 + answer.millis * 0.05, answer.millis, check_millis),
                   check_failures = CASE WHEN :failed THEN check_failures + 1
                                         ELSE GREATEST(0, LEAST(check_failures, :backOffAfter) - 1) END,
                   check_rests_until = CASE WHEN :failed AND check_failures + 1 >= :backOffAfter THEN
                       now() + LEAST(:maxBackOff, 1000 * 2 ^ LEAST(check_failures + 1 - :backOffAfter, 20))
                               * interval '1 ms' END
              FROM (SELECT CASE WHEN :failed THEN 0 ELSE 1 END AS success,
                           CASE WHEN NOT :failed THEN extract(EPOCH FROM clock_timestamp() - leased_at) * 1000 END AS millis
                      FROM checkback_lease
                     WHERE id = :lease) answer
             WHERE name = :application
            """;

    private final JdbcClient jdbc;

    CheckbackAnswerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A lease, whether it has ended or not.
     *
     * @param isProbe its message does not exist
     */
    record Lease(
            UUID id,
            String application,
            Instant leasedAt,
            Instant expiresAt,
            boolean isProbe,
            List<AskedMessage> messages) {

        List<MessageId> ids() {
            return messages.stream().map(AskedMessage::id).toList();
        }
    }

    Optional<Lease> find(UUID lease) {
        return jdbc.sql(LEASE).param("lease", lease).query((ResultSet row) -> lease(lease, row));
    }

    private static Optional<Lease> lease(UUID id, ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        var messages = new ArrayList<AskedMessage>();
        var lease = new Lease(
                id,
                row.getString("application"),
                Columns.requiredInstant(row, "leased_at"),
                Columns.requiredInstant(row, "expires_at"),
                row.getBoolean("is_probe"),
                messages);
        do {
            messages.add(new AskedMessage(
                    Columns.id(row, "id"), row.getString("check_ref"), row.getBoolean("is_store_copied")));
        } while (row.next());
        return Optional.of(lease);
    }

    /**
     * Ends a lease after its check-back: counts it, stores the answers, schedules the next.
     *
     * @return false if it had ended before; then nothing was written
     */
    boolean settle(Lease lease, SortedMap<MessageId, String> answers, Duration shortestWait, Duration maxInterval) {
        return 1
                == named(SETTLE, answers)
                        .param("lease", lease.id())
                        .param("shortestWait", shortestWait.toMillis())
                        .param("maxInterval", maxInterval.toMillis())
                        .query(Integer.class)
                        .single();
    }

    /** Stores answers that came after the end of their lease. */
    void noteLate(Lease lease, SortedMap<MessageId, String> answers) {
        if (!answers.isEmpty()) {
            named(LATE, answers).param("application", lease.application()).update();
        }
    }

    /**
     * Ends a lease without a check-back: its messages are due again.
     *
     * @return false if it had ended before
     */
    boolean giveBack(Lease lease) {
        return 1
                == IdRange.bind(jdbc.sql(RETURN), lease.ids())
                        .param("lease", lease.id())
                        .query(Integer.class)
                        .single();
    }

    /**
     * Ends the lease of a probe and records its result.
     *
     * @param retry the same as when it was leased
     * @return false if it had ended before, or its application has registered since; then nothing was recorded
     */
    boolean probed(Lease lease, boolean copies, Duration interval, Duration retry) {
        return 1
                == jdbc.sql(PROBED)
                        .param("lease", lease.id())
                        .param("copies", copies)
                        .param("interval", interval.toMillis())
                        .param("retry", retry.toMillis())
                        .update();
    }

    /**
     * Records whether an application answered and how fast, and backs off after too many failures in a row.
     *
     * @param maxBackOff back-off starts at a second and doubles up to this
     */
    void pace(Lease lease, boolean failed, int backOffAfter, Duration maxBackOff) {
        jdbc.sql(PACE)
                .param("lease", lease.id())
                .param("application", lease.application())
                .param("failed", failed)
                .param("backOffAfter", backOffAfter)
                .param("maxBackOff", maxBackOff.toMillis())
                .update();
    }

    private JdbcClient.StatementSpec named(String sql, SortedMap<MessageId, String> answers) {
        return IdRange.bind(jdbc.sql(sql), answers.keySet())
                .param("answers", SqlArrays.of("text", answers.values(), answer -> answer));
    }
}
