package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Advances an operation by a step. Only in a transaction. */
@Component
class OperationStepStore {

    private static final String ACTIVE = """
            SELECT id FROM operation WHERE state IN ('CANARY', 'RUNNING') ORDER BY random()
            """;

    // The row's lock is the lease. PostgreSQL takes it back from a replica that hangs in the middle of a step. Each
    // step uses up time of the rate limit, as redeliveries do; unused time older than one second is lost.
    private static final String LEASE = """
            SELECT set_config('idle_in_transaction_session_timeout', '5s', true), o.*,
                   LEAST(:most,
                         CASE WHEN rate_per_second IS NOT NULL
                              THEN floor(extract(EPOCH FROM clock_timestamp()
                                  - GREATEST(paid_until, clock_timestamp() - interval '1 s')) * rate_per_second) END,
                         CASE state WHEN 'CANARY' THEN canary - (resent - superseded) END)::integer AS room
              FROM operation o
             WHERE id = :id AND state IN ('CANARY', 'RUNNING')
               FOR UPDATE SKIP LOCKED
            """;

    private static final String NEXT = """
            SELECT message_id, subscription
              FROM operation_item
             WHERE operation_id = :id
               AND (message_id, subscription) > (:message, :subscription)
               AND outcome IS NULL
             ORDER BY message_id, subscription
             LIMIT :room
            """;

    private static final String WRITE = """
            UPDATE operation_item i
               SET outcome = r.outcome, reason = r.reason, at = clock_timestamp()
              FROM unnest(:ids::uuid[], :subscriptions::text[], :outcomes::text[], :reasons::text[])
                   AS r (id, subscription, outcome, reason)
             WHERE i.operation_id = :operation
               AND i.message_id = r.id AND i.subscription = r.subscription
               AND i.outcome IS NULL
            """;

    private static final String ADVANCE = """
            WITH step AS (
                SELECT :resent AS resent, :discarded AS discarded, :skipped AS skipped, :failed AS failed
            ), advanced AS (
                SELECT o.id, o.resent + s.resent AS resent, o.discarded + s.discarded AS discarded,
                       o.skipped + s.skipped AS skipped, o.failed + s.failed AS failed,
                       o.matched = o.resent + s.resent + o.discarded + s.discarded + o.skipped + s.skipped
                                   + o.failed + s.failed AS is_over
                  FROM operation o, step s
                 WHERE o.id = :id
            )
            UPDATE operation o
               SET (resent, discarded, skipped, failed, state, finished_at)
                       = (SELECT resent, discarded, skipped, failed, CASE WHEN is_over THEN 'FINISHED' ELSE o.state END,
                                 CASE WHEN is_over THEN now() END
                            FROM advanced),
                   taken_message = :message, taken_subscription = :subscription, changed_at = now(),
                   look_due_at = CASE WHEN :resent > 0 THEN LEAST(o.look_due_at, now()) ELSE o.look_due_at END,
                   paid_until = COALESCE(GREATEST(o.paid_until, clock_timestamp() - interval '1 s')
                                         + (:resent + :discarded) * interval '1 s' / o.rate_per_second, o.paid_until)
             WHERE o.id = :id
            RETURNING o.state = 'FINISHED'
            """;

    private final JdbcClient jdbc;

    OperationStepStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lists operations that may advance, in no order. */
    List<UUID> active() {
        return jdbc.sql(ACTIVE).query(UUID.class).list();
    }

    /** Locks an operation for this transaction; empty: it may not advance, or another replica has it. */
    Optional<Leased> lease(UUID id, int most) {
        return jdbc.sql(LEASE)
                .param("id", id)
                .param("most", most)
                .query(OperationStepStore::leased)
                .optional();
    }

    private static Leased leased(ResultSet row, int number) throws SQLException {
        var operation = new BulkOperation(
                row.getObject("id", UUID.class),
                OperationAction.valueOf(row.getString("action")),
                row.getString("filter"),
                row.getBoolean("runs_again"),
                row.getObject("retry_of", UUID.class),
                new OperatorAction(row.getString("actor"), row.getString("reason")),
                row.getObject("rate_per_second", Integer.class),
                row.getInt("canary"));
        var taken = OperationItemStore.name(row, "taken_message", "taken_subscription");
        return new Leased(operation, taken, row.getInt("room"));
    }

    /**
     * An operation that is locked for this transaction.
     *
     * @param taken all items up to here have their outcome
     * @param room how many may be done now, by its rate and its canary
     */
    record Leased(BulkOperation operation, DeliveryId taken, int room) {}

    /** The oldest items without an outcome. */
    List<DeliveryId> next(Leased leased) {
        return jdbc.sql(NEXT)
                .param("id", leased.operation.id())
                .param("message", leased.taken.id().value())
                .param("subscription", leased.taken.subscription())
                .param("room", leased.room)
                .query((row, number) -> OperationItemStore.name(row))
                .list();
    }

    /** @return whether that was the operation's last step */
    boolean advance(UUID id, List<Result> results) {
        var written = jdbc.sql(WRITE)
                .param("operation", id)
                .param(
                        "ids",
                        SqlArrays.of("uuid", results, result -> result.name.id().value()))
                .param("subscriptions", SqlArrays.of("text", results, result -> result.name.subscription()))
                .param("outcomes", SqlArrays.of("text", results, result -> result.outcome.name()))
                .param("reasons", SqlArrays.of("text", results, Result::reason))
                .update();
        if (written != results.size()) {
            throw new IllegalStateException("%d of %d items had no outcome yet".formatted(written, results.size()));
        }
        var last = results.getLast().name;
        return jdbc.sql(ADVANCE)
                .param("id", id)
                .param("resent", count(results, OperationOutcome.RESENT))
                .param("discarded", count(results, OperationOutcome.DISCARDED))
                .param("skipped", count(results, OperationOutcome.SKIPPED))
                .param("failed", count(results, OperationOutcome.FAILED))
                .param("message", last.id().value())
                .param("subscription", last.subscription())
                .query(Boolean.class)
                .single();
    }

    private static int count(List<Result> results, OperationOutcome outcome) {
        return (int)
                results.stream().filter(result -> result.outcome == outcome).count();
    }

    /** @param reason why it was skipped, or failed */
    record Result(
            DeliveryId name,
            OperationOutcome outcome,
            @Nullable String reason) {}
}
