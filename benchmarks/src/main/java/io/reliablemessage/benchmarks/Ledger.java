package io.reliablemessage.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the database directly. */
final class Ledger implements AutoCloseable {

    private static final String BY_STATE = """
            SELECT m.state || COALESCE('/' || d.state, '') AS state, count(*) AS messages
              FROM message m
              LEFT JOIN delivery d ON d.message_id = m.id
             GROUP BY 1
            """;

    private static final String SETTINGS = """
            SELECT name || '=' || current_setting(name)
              FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers',
                                'huge_pages_status', 'max_wal_size', 'checkpoint_timeout']) AS name
            """;

    private final Connection connection;

    Ledger(Servers servers, String database) throws SQLException {
        var postgres = servers.postgres();
        connection = DriverManager.getConnection(postgres.url(database), postgres.username(), postgres.password());
    }

    /** How many messages are in which state, such as {@code CONFIRMED/CONSUMED}. */
    Map<String, Long> byState() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(BY_STATE)) {
            var counts = new TreeMap<String, Long>();
            while (rows.next()) {
                counts.put(rows.getString("state"), rows.getLong("messages"));
            }
            return counts;
        }
    }

    List<String> settings() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SETTINGS)) {
            var settings = new ArrayList<String>();
            while (rows.next()) {
                settings.add(rows.getString(1));
            }
            return settings;
        }
    }

    long backendPid() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    void analyze() throws SQLException {
        execute("ANALYZE");
    }

    /** Fills so many files of WAL, and has them used again: a server that has run for a while makes no new ones. */
    void recycleWal(int files) throws SQLException {
        for (var file = 0; file < files; file++) {
            execute(
                    "SELECT pg_logical_emit_message(false, 'benchmark', 'so that there is something to switch away from')");
            execute("SELECT pg_switch_wal()");
        }
        execute("CHECKPOINT");
    }

    /** Ends what autovacuum would do about a database that nobody measures any more. */
    void drop(String database) throws SQLException {
        execute("DROP DATABASE %s WITH (FORCE)".formatted(database));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
