package io.reliablemessage.spring.internal.outbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes settled rows wait again, in pages by time, since a restored service may not have them any more. */
public final class UnsettlingStore {

    // Rows without their payload are read as well: a page has a bounded cost, however many of them there are.
    private static final String READ_PAGE = """
            SELECT seq, settled_at, CASE WHEN payload IS NULL THEN 0 ELSE 1 END AS has_payload
              FROM rm_outbox
             WHERE state = 'SENT' AND settled_at >= ? AND (settled_at > ? OR seq > ?)
             ORDER BY settled_at, seq
             LIMIT ?
            """;

    private static final String UNSETTLE = """
            UPDATE rm_outbox
               SET state = 'WAITING', settled_at = NULL, next_at = %s, attempts = 0, claimed_by = NULL
             WHERE seq IN (%s) AND state = 'SENT' AND payload IS NOT NULL
            """;

    private final Dialect dialect;
    private final TableNames tables;

    public UnsettlingStore(Dialect dialect, TableNames tables) {
        this.dialect = dialect;
        this.tables = tables;
    }

    /** Un-settles the rows of one page that still have their payload. */
    public Page unsettle(Connection connection, Position after, int limit) throws SQLException {
        var rows = read(connection, after, limit);
        var sendable =
                rows.stream().filter(Settled::hasPayload).map(Settled::seq).toList();
        var unsettled = sendable.isEmpty() ? 0 : unsettle(connection, sendable);
        var last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        return new Page(
                unsettled,
                rows.size() - sendable.size(),
                last == null ? after : new Position(last.at(), last.seq()),
                rows.size() < limit);
    }

    private int unsettle(Connection connection, List<Long> keys) throws SQLException {
        var sql = UNSETTLE.formatted(dialect.now(), Statements.parameters(keys));
        try (var statement = Statements.prepare(connection, tables.in(sql))) {
            Statements.bindNumbers(statement, 1, keys);
            return statement.executeUpdate();
        }
    }

    private List<Settled> read(Connection connection, Position after, int limit) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(READ_PAGE))) {
            dialect.bindTime(statement, 1, after.at());
            dialect.bindTime(statement, 2, after.at());
            statement.setLong(3, after.seq());
            statement.setInt(4, limit);
            try (var rows = statement.executeQuery()) {
                var page = new ArrayList<Settled>();
                while (rows.next()) {
                    var at = dialect.readTime(rows, "settled_at");
                    page.add(new Settled(rows.getLong("seq"), at == null ? after.at() : at, rows.getInt(3) == 1));
                }
                return page;
            }
        }
    }

    /** A place among the settled rows, in the order of their settling. */
    public record Position(Instant at, long seq) {

        /** Before all that was settled at this time or later. */
        public static Position before(Instant at) {
            return new Position(at, Long.MIN_VALUE);
        }
    }

    /**
     * What was done about one page.
     *
     * @param withoutPayload rows that cannot be sent again
     * @param isLast there was nothing after it
     */
    public record Page(int unsettled, int withoutPayload, Position last, boolean isLast) {}

    private record Settled(long seq, Instant at, boolean hasPayload) {}
}
