package io.reliablemessage.spring.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses tables without transactions, which MariaDB and MySQL can have. */
final class StorageEngine {

    private static final Logger LOG = LoggerFactory.getLogger(StorageEngine.class);

    private static final String ENGINES = """
            SELECT table_name, engine
              FROM information_schema.tables
             WHERE table_schema = %s AND table_name IN ('rm_outbox', 'rm_store', 'rm_inbox')
            """;

    private static final String WSREP = "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'";

    private StorageEngine() {}

    /** @throws IllegalStateException names the table, its engine and the remedy */
    static void check(Connection connection, Dialect dialect, TableNames tables) throws SQLException {
        if (dialect == Dialect.MARIADB || dialect == Dialect.MYSQL) {
            checkEngines(connection, tables);
            warnOfGalera(connection);
        }
    }

    private static void checkEngines(Connection connection, TableNames tables) throws SQLException {
        var schema = tables.schema();
        var bare = new TableNames(tables.barePrefix());
        var sql = bare.in(ENGINES.formatted(schema == null ? "DATABASE()" : "'" + schema + "'"));
        try (var statement = Statements.prepare(connection, sql);
                var row = statement.executeQuery()) {
            while (row.next()) {
                checkEngine(row.getString(1), String.valueOf(row.getString(2)));
            }
        }
    }

    private static void checkEngine(String table, String engine) {
        if (!engine.toUpperCase(Locale.ROOT).equals("INNODB")) {
            throw new IllegalStateException(
                    ("The table %s has the engine %s, which does not take part in transactions as InnoDB does: a "
                                    + "message could be sent, or count as handled, though its transaction was rolled back. "
                                    + "Run: ALTER TABLE %s ENGINE = InnoDB")
                            .formatted(table, engine, table));
        }
    }

    private static void warnOfGalera(Connection connection) throws SQLException {
        try (var statement = Statements.prepare(connection, WSREP);
                var row = statement.executeQuery()) {
            if (row.next() && "ON".equals(row.getString(2))) {
                LOG.warn("The database is a Galera cluster, which is not tested. Transactions of one application must "
                        + "use one node at a time: nodes see each other's locks only at the commit");
            }
        }
    }
}
