package io.reliablemessage.spring.internal.outbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes and reads rows on connections of the caller: the application's transaction, or one of our own. */
public final class OutboxStore {

    static final String COLUMNS = "message_id, topic, message_key, payload, payload_encoding, content_type, headers, "
            + "deliver_at, check_after, traceparent, tracestate";

    // The sweep leaves a row alone as long as the thread that wrote it may be settling it.
    private static final Duration LEAD = Duration.ofSeconds(10);

    private static final String INSERT = """
            INSERT INTO rm_outbox (%s, next_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)
            """;

    // The store's row in any case: one statement for both, since the caller's locks are held meanwhile.
    private static final String READ_OWN = """
            SELECT store_id, o.*
              FROM rm_store LEFT JOIN rm_outbox o ON o.message_id IN (%s)
             ORDER BY o.seq
            """;

    private static final String READ_WAITING = """
            SELECT %s
              FROM rm_outbox
             WHERE message_id IN (%s) AND state = 'WAITING'
             ORDER BY seq
            """;

    private final Dialect dialect;
    private final TableNames tables;
    private final String insert;

    public OutboxStore(Dialect dialect, TableNames tables) {
        this.dialect = dialect;
        this.tables = tables;
        this.insert = tables.in(INSERT.formatted(COLUMNS, dialect.fromNow(Long.toString(LEAD.toMillis()))));
    }

    /** Writes a message into the transaction of this connection. */
    public void insert(Connection connection, OutboxRow row) throws SQLException {
        try (var statement = connection.prepareStatement(insert)) {
            statement.setObject(1, dialect.id(row.id()));
            statement.setString(2, row.topic());
            statement.setString(3, row.key());
            statement.setBytes(4, row.payload());
            statement.setString(5, row.payloadEncoding());
            statement.setString(6, row.contentType());
            statement.setString(7, row.headers());
            dialect.bindTime(statement, 8, row.deliverAt());
            var checkAfter = row.checkAfter();
            statement.setObject(9, checkAfter == null ? null : checkAfter.toMillis());
            statement.setString(10, row.traceparent());
            statement.setString(11, row.tracestate());
            statement.executeUpdate();
        }
    }

    /** Those of these rows that are there, as this connection sees them, in the order of their writing. */
    public OwnRows readOwn(Connection connection, List<UUID> ids) throws SQLException {
        try (var statement = connection.prepareStatement(tables.in(READ_OWN.formatted(Statements.parameters(ids))))) {
            Statements.bindIds(statement, 1, dialect, ids);
            return ownRows(statement);
        }
    }

    private OwnRows ownRows(PreparedStatement statement) throws SQLException {
        try (var result = statement.executeQuery()) {
            var rows = new ArrayList<OutboxRow>();
            String store = null;
            while (result.next()) {
                store = result.getString("store_id");
                if (result.getObject("seq") != null) {
                    rows.add(read(result));
                }
            }
            if (store == null) {
                throw new SQLException(tables.in("rm_store") + " is empty: run the SQL file again, which adds its row");
            }
            return new OwnRows(store, rows);
        }
    }

    /** Those of these rows that are committed and not settled. */
    public List<OutboxRow> readWaiting(Connection connection, List<UUID> ids) throws SQLException {
        try (var statement = Statements.prepare(
                connection, tables.in(READ_WAITING.formatted(COLUMNS, Statements.parameters(ids))))) {
            Statements.bindIds(statement, 1, dialect, ids);
            return readAll(statement);
        }
    }

    List<OutboxRow> readAll(PreparedStatement statement) throws SQLException {
        try (var result = statement.executeQuery()) {
            var rows = new ArrayList<OutboxRow>();
            while (result.next()) {
                rows.add(read(result));
            }
            return rows;
        }
    }

    private OutboxRow read(ResultSet row) throws SQLException {
        var id = dialect.readId(row, "message_id");
        if (id == null) {
            throw new SQLException("a row without a message id");
        }
        var checkAfter = row.getObject("check_after", Long.class);
        return new OutboxRow(
                id,
                row.getString("topic"),
                row.getString("message_key"),
                row.getBytes("payload"),
                row.getString("payload_encoding"),
                row.getString("content_type"),
                row.getString("headers"),
                dialect.readTime(row, "deliver_at"),
                checkAfter == null ? null : Duration.ofMillis(checkAfter),
                row.getString("traceparent"),
                row.getString("tracestate"));
    }

    /**
     * What a transaction has written.
     *
     * @param store the id of the database it was written in
     */
    public record OwnRows(String store, List<OutboxRow> rows) {}
}
