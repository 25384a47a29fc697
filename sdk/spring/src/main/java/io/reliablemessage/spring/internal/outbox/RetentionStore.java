package io.reliablemessage.spring.internal.outbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Clears and deletes settled rows after their time, in small pages. Rows that wait, and refused ones, stay for ever.
 *
 * <p>Every page is read first and then written by primary key: a range would lock gaps, and producers would wait. Each
 * write is guarded, as the rows may have been un-settled meanwhile; replicas may do the same at the same time.
 */
public final class RetentionStore {

    // Rows become visible a little after the time they carry.
    private static final Duration SLACK = Duration.ofMinutes(1);

    // Cleared rows lie before the others, so nobody has to walk through all of them to find the next ones.
    private static final String READ_LAST_CLEARED = """
            SELECT settled_at
              FROM rm_outbox
             WHERE state = 'SENT' AND settled_at <= %s AND payload IS NULL
             ORDER BY settled_at DESC
             LIMIT 1
            """;

    private static final String READ_TO_CLEAR = """
            SELECT seq
              FROM rm_outbox
             WHERE state = 'SENT' AND settled_at >= ? AND settled_at <= %s AND payload IS NOT NULL
             ORDER BY settled_at
             LIMIT ?
            """;

    private static final String CLEAR = """
            UPDATE rm_outbox
               SET payload = NULL, headers = NULL
             WHERE seq IN (%s) AND state = 'SENT' AND settled_at <= %s
            """;

    private static final String READ_TO_DELETE = """
            SELECT seq, message_id
              FROM rm_outbox
             WHERE state = '%s' AND settled_at <= %s
             ORDER BY settled_at
             LIMIT ?
            """;

    private static final String RAISE_CLEANED_TO = """
            UPDATE rm_store
               SET cleaned_to = ?
             WHERE cleaned_to IS NULL OR cleaned_to < ?
            """;

    private static final String DELETE = """
            %s
             WHERE seq IN (%s) AND state IN ('SENT', 'FENCE') AND settled_at <= %s
            """;

    private final Dialect dialect;
    private final TableNames tables;

    public RetentionStore(Dialect dialect, TableNames tables) {
        this.dialect = dialect;
        this.tables = tables;
    }

    /**
     * Clears payload and headers of rows that were settled so long ago.
     *
     * @return how many rows were found; fewer than the limit: there are no more
     */
    public int clear(Connection connection, Duration age, int limit) throws SQLException {
        var page = readToClear(connection, age, limit);
        if (!page.isEmpty()) {
            var sql = CLEAR.formatted(Statements.parameters(page), dialect.fromNow("?"));
            try (var statement = Statements.prepare(connection, tables.in(sql))) {
                statement.setLong(Statements.bindNumbers(statement, 1, page), -age.toMillis());
                statement.executeUpdate();
            }
        }
        return page.size();
    }

    private List<Long> readToClear(Connection connection, Duration age, int limit) throws SQLException {
        var from = readLastCleared(connection, age);
        try (var statement = Statements.prepare(connection, tables.in(READ_TO_CLEAR.formatted(dialect.fromNow("?"))))) {
            dialect.bindTime(statement, 1, from == null ? Instant.EPOCH : from.minus(SLACK));
            statement.setLong(2, -age.toMillis());
            statement.setInt(3, limit);
            try (var rows = statement.executeQuery()) {
                var page = new ArrayList<Long>();
                while (rows.next()) {
                    page.add(rows.getLong(1));
                }
                return page;
            }
        }
    }

    private @Nullable Instant readLastCleared(Connection connection, Duration age) throws SQLException {
        try (var statement =
                Statements.prepare(connection, tables.in(READ_LAST_CLEARED.formatted(dialect.fromNow("?"))))) {
            statement.setLong(1, -age.toMillis());
            try (var row = statement.executeQuery()) {
                return row.next() ? dialect.readTime(row, "settled_at") : null;
            }
        }
    }

    /**
     * Deletes messages and fences that were settled so long ago, and notes the highest id among them in the same
     * transaction: a check-back about a missing id up to there is answered with UNKNOWN, since the row may have been
     * deleted.
     *
     * <p>Lower ids may still be open, in rows that wait or in transactions. Rows that wait are there, so they are
     * answered by themselves. A transaction that is not over and has an id below a deleted one began before a message
     * that was settled so long ago; its check-backs stay UNKNOWN, which never decides. Ids above the highest deleted one
     * are not affected, however many rows around them are gone.
     *
     * @return how many rows were found; fewer than the limit: there are no more
     */
    public int delete(Connection connection, Kind kind, Duration age, int limit) throws SQLException {
        var page = readToDelete(connection, kind, age, limit);
        if (!page.isEmpty()) {
            // First, as everybody locks this row before those of the outbox. A row that is not deleted in the end,
            // since
            // it was un-settled, is answered by itself.
            raiseCleanedTo(connection, page.stream().map(Deletable::id).toList());
            var keys = page.stream().map(Deletable::seq).toList();
            var sql = DELETE.formatted(deleteByKey(), Statements.parameters(keys), dialect.fromNow("?"));
            try (var statement = Statements.prepare(connection, tables.in(sql))) {
                statement.setLong(Statements.bindNumbers(statement, 1, keys), -age.toMillis());
                statement.executeUpdate();
            }
        }
        return page.size();
    }

    /** A small table is read as a whole otherwise, and a delete, unlike an update, then waits for producers' new rows. */
    private String deleteByKey() {
        return switch (dialect) {
            case MARIADB, MYSQL -> "DELETE rm_outbox FROM rm_outbox FORCE INDEX (PRIMARY)";
            case POSTGRESQL, H2 -> "DELETE FROM rm_outbox";
        };
    }

    private List<Deletable> readToDelete(Connection connection, Kind kind, Duration age, int limit)
            throws SQLException {
        try (var statement =
                Statements.prepare(connection, tables.in(READ_TO_DELETE.formatted(kind, dialect.fromNow("?"))))) {
            statement.setLong(1, -age.toMillis());
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                var page = new ArrayList<Deletable>();
                while (rows.next()) {
                    page.add(new Deletable(rows.getLong("seq"), dialect.readId(rows, "message_id")));
                }
                return page;
            }
        }
    }

    private void raiseCleanedTo(Connection connection, List<@Nullable UUID> deleted) throws SQLException {
        UUID highest = null;
        for (var id : deleted) {
            highest = id != null && (highest == null || compare(id, highest) > 0) ? id : highest;
        }
        if (highest == null) {
            return;
        }
        try (var statement = Statements.prepare(connection, tables.in(RAISE_CLEANED_TO))) {
            statement.setObject(1, dialect.id(highest));
            statement.setObject(2, dialect.id(highest));
            statement.executeUpdate();
        }
    }

    /** As databases compare them; {@link UUID#compareTo} has signs. */
    private static int compare(UUID one, UUID other) {
        var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** What is deleted after its time; each on its own, for the index. */
    public enum Kind {
        SENT,
        FENCE
    }

    private record Deletable(long seq, @Nullable UUID id) {}
}
