package io.reliablemessage.spring.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Creates the tables where they are missing. */
public final class SchemaInstallation {

    // Replicas that start together meet in the catalogue; one of them fails, and finds everything the next time.
    private static final int ATTEMPTS = 5;

    // A table of another kind, or of an older version, is noticed here rather than by the first message.
    private static final List<String> COLUMNS = List.of("""
            SELECT seq, message_id, state, payload, next_at, attempts, claimed_by, settled_at, refusal
              FROM rm_outbox
             WHERE 1 = 0
            """, """
            SELECT message_id, subscription, received_at
              FROM rm_inbox
             WHERE 1 = 0
            """);

    private SchemaInstallation() {}

    public static void run(DataSource dataSource, TableNames tables) throws SQLException {
        if (!isComplete(dataSource, tables)) {
            create(dataSource, tables, ATTEMPTS);
        }
        StoreTransactions.run(dataSource, connection -> {
            checkColumns(connection, tables);
            StorageEngine.check(connection, Dialect.of(connection), tables);
            return tables;
        });
    }

    /** Looked up first: an application that may not create tables can still run with those that are there. */
    private static boolean isComplete(DataSource dataSource, TableNames tables) {
        try {
            return StoreTransactions.run(dataSource, connection -> {
                Store.readId(connection, tables);
                checkColumns(connection, tables);
                return true;
            });
        } catch (SQLException missing) {
            return false;
        }
    }

    private static void checkColumns(Connection connection, TableNames tables) throws SQLException {
        for (var columns : COLUMNS) {
            try (var statement = Statements.prepare(connection, tables.in(columns))) {
                statement.execute();
            }
        }
    }

    private static void create(DataSource dataSource, TableNames tables, int attempts) throws SQLException {
        try {
            StoreTransactions.run(dataSource, connection -> {
                SchemaScript.run(connection, Dialect.of(connection), tables);
                return tables;
            });
        } catch (SQLException e) {
            if (attempts == 1) {
                throw e;
            }
            try {
                create(dataSource, tables, attempts - 1);
            } catch (SQLException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }
}
