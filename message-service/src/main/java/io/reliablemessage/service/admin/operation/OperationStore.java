package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.search.StoredFilter;
import io.reliablemessage.service.model.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores operations, and the operators' later changes to them. */
@Component
class OperationStore {

    private static final String INSERT = """
            INSERT INTO operation (id, action, filter, runs_again, retry_of, actor, reason, state, matched, skipped,
                                   rate_per_second, canary, finished_at, look_due_at)
            SELECT :id, :action, :filter::jsonb, :runsAgain, :retryOf::uuid, :actor, :reason,
                   CASE WHEN :matched = :skipped THEN 'FINISHED' WHEN :canary > 0 THEN 'CANARY' ELSE 'RUNNING' END,
                   :matched, :skipped, :rate::integer, :canary, CASE WHEN :matched = :skipped THEN now() END,
                   CASE WHEN :action = 'RESEND' AND :matched > :skipped THEN now() END
                ON CONFLICT (id) DO NOTHING
            """;

    private static final String FIND = "SELECT * FROM operation WHERE id = :id";

    private static final String FILTER = "SELECT filter FROM operation WHERE id = :id";

    private static final String LIST = """
            SELECT *
              FROM operation
             WHERE (:state::text IS NULL OR state = :state)
               AND (started_at, id) < (:before::timestamptz, :beforeId::uuid)
             ORDER BY started_at DESC, id DESC
             LIMIT :limit
            """;

    private static final String PAUSE = """
            UPDATE operation
               SET state = 'PAUSED', resumes_as = state, paused_by = :actor, changed_at = now()
             WHERE id = :id AND state IN ('CANARY', 'RUNNING')
            """;

    private static final String RESUME = """
            UPDATE operation
               SET state = resumes_as, resumes_as = NULL, paused_by = NULL, changed_at = now(),
                   look_due_at = CASE action WHEN 'RESEND' THEN now() END
             WHERE id = :id AND state = 'PAUSED'
            """;

    // This skips all items not yet processed, whatever they say, so that it takes effect at once.
    private static final String CANCEL = """
            UPDATE operation
               SET state = 'CANCELLED', resumes_as = NULL, paused_by = NULL, changed_at = now(), finished_at = now(),
                   skipped = matched - resent - discarded - failed
             WHERE id = :id AND state IN ('CANARY', 'RUNNING', 'PAUSED')
            """;

    private static final String RATE = """
            UPDATE operation
               SET rate_per_second = :rate, paid_until = clock_timestamp(), changed_at = now()
             WHERE id = :id AND state IN ('CANARY', 'RUNNING', 'PAUSED')
            """;

    // One at a time: an operation may have a hundred thousand items.
    private static final String FORGET = """
            WITH forgotten AS (
                DELETE FROM operation
                 WHERE id = (SELECT id
                               FROM operation
                              WHERE finished_at < now() - :keep * interval '1 ms'
                              LIMIT 1
                                FOR UPDATE SKIP LOCKED)
                RETURNING id
            ), items AS (
                DELETE FROM operation_item WHERE operation_id IN (SELECT id FROM forgotten)
            )
            SELECT id FROM forgotten
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OperationStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @return false: there is one with this id */
    boolean insert(BulkOperation operation, int matched, int skipped) {
        return 1
                == jdbc.sql(INSERT)
                        .param("id", operation.id())
                        .param("action", operation.action().name())
                        .param("filter", operation.filter())
                        .param("runsAgain", operation.runsAgain())
                        .param("retryOf", operation.retryOf())
                        .param("actor", operation.act().actor())
                        .param("reason", operation.act().reason())
                        .param("matched", matched)
                        .param("skipped", skipped)
                        .param("rate", operation.ratePerSecond())
                        .param("canary", operation.canary())
                        .update();
    }

    Optional<OperationView> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query(this::view).optional();
    }

    /** As it is stored, whatever version wrote it. */
    String filter(UUID id) {
        return jdbc.sql(FILTER).param("id", id).query(String.class).single();
    }

    /** Newest first, those before a place. */
    List<OperationView> list(@Nullable OperationState state, Place before, int limit) {
        return jdbc.sql(LIST)
                .param("state", state == null ? null : state.name())
                .param("before", before.startedAt())
                .param("beforeId", before.id())
                .param("limit", limit)
                .query(this::view)
                .list();
    }

    /** Where a list continues. */
    record Place(String startedAt, UUID id) {
        static final Place START = new Place("infinity", new UUID(0, 0));
    }

    boolean pause(UUID id, OperatorAction act) {
        return 1 == jdbc.sql(PAUSE).param("id", id).param("actor", act.actor()).update();
    }

    boolean resume(UUID id) {
        return 1 == jdbc.sql(RESUME).param("id", id).update();
    }

    boolean cancel(UUID id) {
        return 1 == jdbc.sql(CANCEL).param("id", id).update();
    }

    boolean rate(UUID id, @Nullable Integer ratePerSecond) {
        return 1 == jdbc.sql(RATE).param("id", id).param("rate", ratePerSecond).update();
    }

    /** Deletes one that ended that long ago, with its items; false: there is none. */
    boolean forget(Duration keep) {
        return jdbc.sql(FORGET)
                .param("keep", keep.toMillis())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    private OperationView view(ResultSet row, int number) throws SQLException {
        var resent = row.getInt("resent");
        var discarded = row.getInt("discarded");
        var skipped = row.getInt("skipped");
        var failed = row.getInt("failed");
        var filter = StoredFilter.read(row.getString("filter"), json);
        return new OperationView(
                row.getString("id"),
                OperationAction.valueOf(row.getString("action")),
                filter.query(),
                filter.unread(),
                row.getBoolean("runs_again"),
                row.getString("retry_of"),
                OperationState.valueOf(row.getString("state")),
                row.getInt("matched"),
                resent + discarded + skipped + failed,
                resent,
                row.getInt("sent"),
                row.getInt("consumed"),
                row.getInt("dead"),
                row.getInt("rejected"),
                discarded,
                skipped,
                failed,
                row.getObject("rate_per_second", Integer.class),
                row.getInt("canary"),
                row.getString("reason"),
                row.getString("actor"),
                row.getString("paused_by"),
                Columns.requiredInstant(row, "started_at"),
                Columns.instant(row, "finished_at"));
    }
}
