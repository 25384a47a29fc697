package io.reliablemessage.faults.load;

import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.testing.PostgresServer.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads half messages and their check-backs from the ledger, and moves their due times. */
public final class HalfMessages {

    private static final String DUE = """
            WITH due AS (
                UPDATE message SET check_due_at = now()
                 WHERE id = ANY (CAST(:ids AS uuid[])) AND check_due_at IS NOT NULL
            )
            SELECT now()
            """;
    private static final String LOOK = """
            SELECT state, decided_by, decided_at, check_due_at, check_attempts, check_answer,
                   (SELECT count(*) FROM delivery d WHERE d.message_id = m.id) AS deliveries,
                   (SELECT count(*) FROM event e WHERE e.message_id = m.id AND e.detail = 'COMMITTED') AS verdicts
              FROM message m
             WHERE id = ANY (CAST(:ids AS uuid[]))
            """;
    private static final String UNDECIDED =
            "SELECT count(*) FROM message WHERE id = ANY (CAST(:ids AS uuid[])) AND check_due_at IS NOT NULL";
    private static final String POSTPONE =
            "UPDATE message SET check_due_at = now() + interval '1 year' WHERE check_due_at IS NOT NULL";

    private static final String OPEN_LEASES =
            "SELECT count(*) FROM checkback_lease WHERE reported_at IS NULL AND expires_at > now()";

    private final JdbcClient jdbc;

    public HalfMessages(Database database) {
        jdbc = OwnDatabase.view(database);
    }

    /**
     * A message.
     *
     * @param attempts how many check-backs were reported
     * @param verdicts how often its timeline has the answer COMMITTED
     */
    public record Half(
            String state,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Instant dueAt,
            int attempts,
            @Nullable String answer,
            int deliveries,
            int verdicts) {

        public boolean isPending() {
            return state.equals("PENDING_CONFIRM");
        }

        public Duration decidedAfter(Instant due) {
            return Duration.between(due, Objects.requireNonNull(decidedAt));
        }
    }

    /** All of them at once; answers when that was, by the database's clock. */
    public Instant becomeDue(Collection<String> ids) {
        return jdbc.sql(DUE)
                .param("ids", array(ids))
                .query((row, number) -> Objects.requireNonNull(instant(row, "now")))
                .single();
    }

    /** Ends the check-backs of all messages undecided now. */
    public void rest() {
        jdbc.sql(POSTPONE).update();
    }

    /** No check-back is open, and none could still be reported in time. */
    public boolean areLeft() {
        return jdbc.sql(OPEN_LEASES).query(Integer.class).single() == 0;
    }

    public boolean areDecided(Collection<String> ids) {
        return 0
                == jdbc.sql(UNDECIDED)
                        .param("ids", array(ids))
                        .query(Integer.class)
                        .single();
    }

    public List<Half> read(Collection<String> ids) {
        return jdbc.sql(LOOK)
                .param("ids", array(ids))
                .query((row, number) -> half(row))
                .list();
    }

    public Half read(String id) {
        return read(List.of(id)).getFirst();
    }

    private static Half half(ResultSet row) throws SQLException {
        return new Half(
                row.getString("state"),
                row.getString("decided_by"),
                instant(row, "decided_at"),
                instant(row, "check_due_at"),
                row.getInt("check_attempts"),
                row.getString("check_answer"),
                row.getInt("deliveries"),
                row.getInt("verdicts"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String array(Collection<String> ids) {
        return "{" + String.join(",", ids) + "}";
    }
}
