package io.reliablemessage.service.message;

import io.reliablemessage.service.platform.database.SqlArrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes up deliveries that are due: claims them for another send, or buries them. */
@Component
public class DueStore {

    // One probe of a partial index per subscription, whatever the backlog.
    private static final String SUBSCRIPTIONS = """
            SELECT s.name
              FROM subscription s
             WHERE EXISTS (SELECT FROM delivery d
                            WHERE d.subscription = s.name AND d.state = 'SENDING' AND d.due_at <= now())
             ORDER BY random()                                             -- nobody is always last
            """;

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT d.message_id, s.queue, COALESCE(s.schedule_millis, :schedule) AS schedule_millis
                  FROM delivery d JOIN subscription s ON s.name = d.subscription
                 WHERE d.subscription = :subscription
                   AND d.state = 'SENDING'
                   AND d.due_at <= now()
                   AND d.attempts < COALESCE(s.max_attempts, :maxAttempts)
                 ORDER BY d.due_at
                 LIMIT :limit
                   FOR UPDATE OF d SKIP LOCKED
            ), claimed AS (
                UPDATE delivery d
                   SET attempts = d.attempts + 1,
                       sent_at = now(),
                       due_at = now() + redelivery_wait(due.schedule_millis, d.attempts + 1)
                  FROM due
                 WHERE d.message_id = due.message_id AND d.subscription = :subscription
                RETURNING d.message_id, d.subscription, d.attempts, due.queue
            ), told AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, 'REDELIVERED', 'service', 'attempt ' || attempts
                  FROM claimed
                 WHERE attempts > 1
            )
            SELECT m.id, m.topic, m.key, m.producer, m.payload, m.content_type, m.headers, m.created_at,
                   m.trace_parent, m.trace_state, c.subscription, c.queue, c.attempts
              FROM claimed c JOIN message m ON m.id = c.message_id
            """;

    private static final String BURY = """
            WITH exhausted AS MATERIALIZED (
                SELECT d.message_id
                  FROM delivery d JOIN subscription s ON s.name = d.subscription
                 WHERE d.subscription = :subscription
                   AND d.state = 'SENDING'
                   AND d.due_at <= now()
                   AND d.attempts >= COALESCE(s.max_attempts, :maxAttempts)
                 ORDER BY d.due_at
                 LIMIT :limit
                   FOR UPDATE OF d SKIP LOCKED
            ), buried AS (
                UPDATE delivery d
                   SET state = 'DEAD', due_at = NULL, finished_at = now(),
                       last_error = format('no ack after %s attempts', d.attempts)
                  FROM exhausted
                 WHERE d.message_id = exhausted.message_id AND d.subscription = :subscription
                RETURNING d.message_id, d.subscription, d.last_error
            )
            INSERT INTO event (message_id, subscription, kind, actor, detail)
            SELECT message_id, subscription, 'BURIED', 'service', last_error FROM buried
            """;

    // Guarded by the claimed attempt: an ack, or somebody's later claim, has precedence.
    private static final String GIVE_BACK = """
            UPDATE delivery d
               SET attempts = d.attempts - 1,
                   refusals = d.refusals + r.refused::int,
                   last_error = COALESCE(r.error, d.last_error),
                   sent_at = CASE WHEN d.attempts > 1 THEN d.sent_at END,
                   due_at = now() + CASE WHEN r.refused
                                    THEN LEAST(interval '1 min', interval '1 s' * 2 ^ LEAST(d.refusals, 6))
                                    ELSE interval '0' END
              FROM unnest(:ids::uuid[], :subscriptions::text[], :attempts::int[], :refused::boolean[], :errors::text[])
                   AS r (id, subscription, attempt, refused, error)
             WHERE d.message_id = r.id
               AND d.subscription = r.subscription
               AND d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last                   -- prunes the days
               AND d.state = 'SENDING'
               AND d.attempts = r.attempt
            """;

    private final JdbcClient jdbc;
    private final ContentReader contents;
    private final LedgerProperties properties;

    DueStore(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.properties = properties;
    }

    /** Names the subscriptions that have something due, in no order. */
    public List<String> subscriptionsWithDueDeliveries() {
        return jdbc.sql(SUBSCRIPTIONS).query(String.class).list();
    }

    /** Claims up to {@code limit} deliveries of one subscription for their next send, longest due first. */
    public List<Dispatch> claim(String subscription, int limit) {
        return due(CLAIM, subscription, limit)
                .param("schedule", SqlArrays.of("bigint", List.of(properties.scheduleMillis()), wait -> wait))
                .query((row, number) -> new Dispatch(
                        Columns.id(row, "id"),
                        row.getString("subscription"),
                        row.getString("queue"),
                        row.getInt("attempts"),
                        contents.read(row)))
                .list();
    }

    /** Buries up to {@code limit} deliveries of one subscription whose last send stayed unanswered. */
    public int bury(String subscription, int limit) {
        return due(BURY, subscription, limit).update();
    }

    private JdbcClient.StatementSpec due(String sql, String subscription, int limit) {
        return jdbc.sql(sql)
                .param("subscription", subscription)
                .param("limit", limit)
                .param("maxAttempts", properties.maxAttempts());
    }

    /** Takes sends back that are known not to have happened: they are due again, and the attempt is not counted. */
    public int giveBack(List<Unsent> unsent) {
        var sorted = unsent.stream()
                .sorted(java.util.Comparator.comparing(u -> u.dispatch().id()))
                .toList();
        return jdbc.sql(GIVE_BACK)
                .param(
                        "ids",
                        SqlArrays.of("uuid", sorted, u -> u.dispatch().id().value()))
                .param("first", sorted.getFirst().dispatch().id().value())
                .param("last", sorted.getLast().dispatch().id().value())
                .param(
                        "subscriptions",
                        SqlArrays.of("text", sorted, u -> u.dispatch().subscription()))
                .param(
                        "attempts",
                        SqlArrays.of("int4", sorted, u -> u.dispatch().attempt()))
                .param("refused", SqlArrays.of("boolean", sorted, u -> u.refusal() != null))
                .param("errors", SqlArrays.of("text", sorted, Unsent::refusal))
                .update();
    }

    /**
     * A send that did not happen.
     *
     * @param refusal what the broker said against this message; null: it was only out of reach
     */
    public record Unsent(Dispatch dispatch, @Nullable String refusal) {}
}
