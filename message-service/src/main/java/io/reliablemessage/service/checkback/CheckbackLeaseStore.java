package io.reliablemessage.service.checkback;

import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.MessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leases half messages that are due for a check-back. */
@Component
class CheckbackLeaseStore {

    // One probe of a partial index per application, whatever the backlog; the longest unasked comes first.
    private static final String PRODUCERS = """
            SELECT a.name
              FROM application a
             WHERE a.check_url IS NOT NULL
               AND (a.check_rests_until IS NULL OR a.check_rests_until <= now())
               AND (:isProbing AND a.probe_due_at <= now()
                    OR EXISTS (SELECT FROM message m WHERE m.producer = a.name AND m.check_due_at <= now()))
             ORDER BY a.check_leased_at NULLS FIRST, a.name
            """;

    // Under the lock of the application's row, so that what is open can be counted. Apart from CLAIM: PostgreSQL 18
    // reads freed memory when one statement locks rows, finds one changed, and prunes partitions by its own results.
    private static final String LOCK_DUE = """
            SELECT m.id
              FROM message m
             WHERE m.producer = :producer
               AND m.check_due_at <= now()
               AND :concurrency > (SELECT count(*) FROM checkback_lease l
                                    WHERE l.application = :producer
                                      AND l.reported_at IS NULL AND l.expires_at > now())
             ORDER BY m.check_due_at
             LIMIT :limit
               FOR UPDATE SKIP LOCKED
            """;

    // A lost worker costs a lease: the schedule moves by it alone, and the check-back is not counted until a worker
    // reports it.
    private static final String CLAIM = """
            -- 1. change: not due again before the lease ends
            WITH claimed AS (
                UPDATE message m
                   SET check_due_at = now() + :lease * interval '1 ms'
                 WHERE m.id = ANY (:ids)
                   AND m.id BETWEEN :first AND :last                           -- prunes the days
                RETURNING m.id, m.topic, m.key, m.check_ref, m.check_attempts
            ),
            -- 2. the lease, and the end of the application's turn
            lease AS (
                INSERT INTO checkback_lease (application, message_ids, expires_at)
                SELECT :producer, array_agg(id ORDER BY id), now() + :lease * interval '1 ms'
                  FROM claimed
                RETURNING id, leased_at, expires_at
            ), turn AS (
                UPDATE application SET check_leased_at = now() WHERE name = :producer
            )
            -- 3. answer
            SELECT l.id AS lease, l.leased_at, l.expires_at, c.*
              FROM lease l CROSS JOIN claimed c
             ORDER BY c.id
            """;

    private static final String PROBE = """
            WITH turn AS (
                UPDATE application SET check_leased_at = now(), probe_due_at = now() + :retry * interval '1 ms'
                 WHERE name = :producer
            )
            INSERT INTO checkback_lease (application, message_ids, probe_ref, expires_at)
            VALUES (:producer, ARRAY[uuid_v7()], gen_random_uuid()::text, now() + :lease * interval '1 ms')
            RETURNING id AS lease, leased_at, expires_at, message_ids[1] AS id, probe_ref AS check_ref,
                      'reliable-message.probe' AS topic, 'probe' AS key, 0 AS check_attempts
            """;

    // An application in back-off is not our own delay.
    private static final String MAX_OVERDUE = """
            SELECT COALESCE(max(extract(EPOCH FROM now() - m.check_due_at)), 0)
              FROM application a
             CROSS JOIN LATERAL (SELECT check_due_at FROM message
                                  WHERE producer = a.name AND check_due_at <= now()
                                  ORDER BY check_due_at LIMIT 1) m
             WHERE a.check_url IS NOT NULL AND a.check_rests_until IS NULL
            """;

    private static final String CLEAR = """
            DELETE FROM checkback_lease WHERE expires_at < now() - interval '1 hour'
            """;

    private final JdbcClient jdbc;

    CheckbackLeaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Half messages of one producer, for one worker. */
    record Claimed(UUID lease, Instant leasedAt, Instant expiresAt, List<Message> messages) {}

    /** @param attempts how many check-backs it had before */
    record Message(
            MessageId id,
            String topic,
            String key,
            @Nullable String checkRef,
            int attempts) {}

    /** Lists the producers with due check-backs or probes, the next in turn first. */
    List<String> producersToAsk(boolean isProbing) {
        return jdbc.sql(PRODUCERS)
                .param("isProbing", isProbing)
                .query(String.class)
                .list();
    }

    /**
     * Leases up to {@code limit} half messages of one producer, longest due first. Only in a transaction.
     *
     * @param concurrency how many leases of it may be open, this one included
     * @return empty when nothing is due, or too many are open
     */
    Optional<Claimed> claim(String producer, int limit, int concurrency, Duration lease) {
        var due = jdbc.sql(LOCK_DUE)
                .param("producer", producer)
                .param("limit", limit)
                .param("concurrency", concurrency)
                .query((row, number) -> Columns.id(row, "id"))
                .list();
        return due.isEmpty()
                ? Optional.empty()
                : IdRange.bind(jdbc.sql(CLAIM), due)
                        .param("producer", producer)
                        .param("lease", lease.toMillis())
                        .query(CheckbackLeaseStore::claimed);
    }

    /**
     * Leases a probe: a message that does not exist, of a store that does not exist. Only in a transaction.
     *
     * @param retry the next one comes then if this one has no result
     */
    Claimed probe(String producer, Duration lease, Duration retry) {
        return jdbc.sql(PROBE)
                .param("producer", producer)
                .param("lease", lease.toMillis())
                .param("retry", retry.toMillis())
                .query(CheckbackLeaseStore::claimed)
                .orElseThrow();
    }

    /** Deletes leases for which no report is expected any more. */
    void clear() {
        jdbc.sql(CLEAR).update();
    }

    /** How long the longest due check-back has been waiting, without applications in back-off. */
    Duration longestOverdue() {
        return Duration.ofMillis(
                (long) (jdbc.sql(MAX_OVERDUE).query(Double.class).single() * 1000));
    }

    private static Optional<Claimed> claimed(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        var messages = new ArrayList<Message>();
        var claimed = new Claimed(
                row.getObject("lease", UUID.class),
                Columns.requiredInstant(row, "leased_at"),
                Columns.requiredInstant(row, "expires_at"),
                messages);
        do {
            messages.add(new Message(
                    Columns.id(row, "id"),
                    row.getString("topic"),
                    row.getString("key"),
                    row.getString("check_ref"),
                    row.getInt("check_attempts")));
        } while (row.next());
        return Optional.of(claimed);
    }
}
