package io.reliablemessage.spring.internal.outbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Claims rows that nobody has settled, and settles, refuses and postpones rows. Each write is guarded by the state. */
public final class SettlementStore {

    private static final int MAX_REFUSAL = 1000;

    private static final String READ_DUE = """
            SELECT seq
              FROM rm_outbox
             WHERE state = 'WAITING' AND next_at <= %s AND message_id IS NOT NULL
             ORDER BY next_at
             LIMIT ?
            """;

    // By primary key: a range would lock gaps, and producers would wait for them.
    private static final String CLAIM = """
            UPDATE rm_outbox
               SET claimed_by = ?, next_at = %s, attempts = attempts + 1
             WHERE seq IN (%s) AND state = 'WAITING' AND next_at <= %s
            """;

    private static final String READ_CLAIMED = """
            SELECT %s
              FROM rm_outbox
             WHERE seq IN (%s) AND claimed_by = ? AND state = 'WAITING'
             ORDER BY seq
            """;

    private static final String SETTLE = """
            UPDATE rm_outbox
               SET state = 'SENT', settled_at = %s
             WHERE message_id IN (%s) AND state = 'WAITING'
            """;

    private static final String REFUSE = """
            UPDATE rm_outbox
               SET state = 'REFUSED', settled_at = %s, refusal = ?
             WHERE message_id = ? AND state = 'WAITING'
            """;

    // 2 s after the first attempt, doubled up to 64 s
    private static final String POSTPONE = """
            UPDATE rm_outbox
               SET next_at = %s
             WHERE message_id IN (%s) AND state = 'WAITING'
            """;

    private static final String BACK_OFF = "(1000 * POWER(2, LEAST(attempts, 6)))";

    private final OutboxStore rows;
    private final Dialect dialect;
    private final TableNames tables;

    public SettlementStore(Dialect dialect, TableNames tables) {
        this.rows = new OutboxStore(dialect, tables);
        this.dialect = dialect;
        this.tables = tables;
    }

    /**
     * Takes overdue rows, oldest first, so that no other replica takes them during the lease.
     *
     * @param token new for each call
     */
    public List<OutboxRow> claim(Connection connection, UUID token, int limit, Duration lease) throws SQLException {
        var due = readDue(connection, limit);
        if (due.isEmpty()) {
            return List.of();
        }
        var parameters = Statements.parameters(due);
        try (var statement = Statements.prepare(
                connection, tables.in(CLAIM.formatted(dialect.fromNow("?"), parameters, dialect.now())))) {
            statement.setString(1, token.toString());
            statement.setLong(2, lease.toMillis());
            Statements.bindNumbers(statement, 3, due);
            statement.executeUpdate();
        }
        try (var statement =
                Statements.prepare(connection, tables.in(READ_CLAIMED.formatted(OutboxStore.COLUMNS, parameters)))) {
            statement.setString(Statements.bindNumbers(statement, 1, due), token.toString());
            return rows.readAll(statement);
        }
    }

    private List<Long> readDue(Connection connection, int limit) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(READ_DUE.formatted(dialect.now())))) {
            statement.setInt(1, limit);
            try (var result = statement.executeQuery()) {
                var due = new ArrayList<Long>();
                while (result.next()) {
                    due.add(result.getLong(1));
                }
                return due;
            }
        }
    }

    /** The service has these messages, confirmed. Returns how many rows were still waiting. */
    public int settle(Connection connection, List<UUID> ids) throws SQLException {
        return update(connection, SETTLE.formatted(dialect.now(), Statements.parameters(ids)), ids);
    }

    /** These are tried again later, at growing intervals. */
    public int postpone(Connection connection, List<UUID> ids) throws SQLException {
        return update(connection, POSTPONE.formatted(dialect.fromNow(BACK_OFF), Statements.parameters(ids)), ids);
    }

    /** The service will never take this message; it stays for people to see. */
    public int refuse(Connection connection, UUID id, String refusal) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(REFUSE.formatted(dialect.now())))) {
            statement.setString(1, refusal.substring(0, Math.min(refusal.length(), MAX_REFUSAL)));
            statement.setObject(2, dialect.id(id));
            return statement.executeUpdate();
        }
    }

    private int update(Connection connection, String sql, List<UUID> ids) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(sql))) {
            Statements.bindIds(statement, 1, dialect, ids);
            return statement.executeUpdate();
        }
    }
}
