package io.reliablemessage.spring.internal.inbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The statements on {@code rm_inbox}, on connections of the caller. */
final class InboxStore {

    // How long a copy waits for the transaction of another one; the database's own limit may be lower.
    private static final int WAIT_SECONDS = 5;
    private static final String INTEGRITY_VIOLATION = "23";

    private static final String INSERT = """
            INSERT INTO rm_inbox (message_id, subscription)
            VALUES (?, ?)
            """;

    // In PostgreSQL a violation would abort the handler's transaction. Elsewhere it does not, and clauses that pass
    // over it (INSERT IGNORE) would pass over other errors as well.
    private static final String INSERT_UNLESS_THERE = INSERT + "ON CONFLICT DO NOTHING";

    private static final String CHECK = """
            SELECT message_id, subscription, received_at
              FROM rm_inbox
             WHERE 1 = 0
            """;

    private static final String READ_OLD = """
            SELECT message_id, subscription
              FROM rm_inbox
             WHERE received_at < %s
             ORDER BY received_at
             LIMIT ?
            """;

    // By primary key: a range would lock gaps, and handlers would wait for them.
    private static final String DELETE = """
            DELETE FROM rm_inbox
             WHERE message_id = ? AND subscription = ?
            """;

    private final Dialect dialect;
    private final TableNames tables;

    InboxStore(Dialect dialect, TableNames tables) {
        this.dialect = dialect;
        this.tables = tables;
    }

    /**
     * Notes that a message is handled in the transaction of this connection.
     *
     * @return false: another transaction has handled it, and is committed
     */
    boolean insert(Connection connection, UUID id, String subscription) throws SQLException {
        var sql = dialect == Dialect.POSTGRESQL ? INSERT_UNLESS_THERE : INSERT;
        try (var statement = connection.prepareStatement(tables.in(sql))) {
            statement.setQueryTimeout(WAIT_SECONDS);
            statement.setObject(1, dialect.id(id));
            statement.setString(2, subscription);
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (isViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /** The primary key is the only constraint that an insert can violate. */
    private static boolean isViolation(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith(INTEGRITY_VIOLATION);
    }

    void check(Connection connection) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(CHECK))) {
            statement.execute();
        }
    }

    /** Deletes the oldest rows, if they are older than this; returns how many. */
    int deleteOlderThan(Connection connection, Duration age, int limit) throws SQLException {
        try (var old = Statements.prepare(connection, tables.in(READ_OLD.formatted(dialect.fromNow("?"))));
                var delete = Statements.prepare(connection, tables.in(DELETE))) {
            old.setLong(1, -age.toMillis());
            old.setInt(2, limit);
            var rows = 0;
            try (var row = old.executeQuery()) {
                while (row.next()) {
                    delete.setObject(1, row.getObject(1));
                    delete.setString(2, row.getString(2));
                    delete.addBatch();
                    rows++;
                }
            }
            if (rows > 0) {
                delete.executeBatch();
            }
            return rows;
        }
    }
}
