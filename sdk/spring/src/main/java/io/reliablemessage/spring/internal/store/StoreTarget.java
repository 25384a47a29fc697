package io.reliablemessage.spring.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * What was found behind a DataSource.
 *
 * @param isWritable neither a replica nor a pool for reading
 * @param database the same for two DataSources only if both lead to the same tables
 */
record StoreTarget(Store store, boolean isWritable, String database) {

    // The server's start in microseconds names the running server; the rest its database and table.
    private static final String POSTGRESQL = """
            SELECT NOT pg_is_in_recovery(),
                   concat_ws('/', pg_postmaster_start_time(), current_database(), 'rm_store'::regclass::oid)
            """;

    // Copies of a container may have everything in common but the second when their table was created. SERVER_UID
    // (MariaDB) and SERVER_UUID (MySQL) are missing from old versions, which is no error here.
    private static final String MYSQL = """
            SELECT @@GLOBAL.read_only,
                   CONCAT_WS('/', @@hostname, @@port, @@datadir, t.table_schema, t.table_name, t.create_time, %s)
              FROM information_schema.tables t
             WHERE t.table_schema = %s AND t.table_name = 'rm_store'
            """;

    private static final String MARIADB_UID = """
            (SELECT variable_value
               FROM information_schema.global_variables
              WHERE variable_name = 'SERVER_UID')""";

    private static final String MYSQL_UUID = "@@server_uuid";

    private static final String H2 = "SELECT NOT READONLY(), CONCAT_WS('/', DATABASE(), DATABASE_PATH(), SCHEMA())";

    /** @throws IllegalStateException the tables have no transactions */
    static StoreTarget open(DataSource dataSource, TableNames tables) throws SQLException {
        var store = Store.open(dataSource, tables);
        return store.inTransaction(connection -> {
            StorageEngine.check(connection, store.dialect(), tables);
            return read(connection, store);
        });
    }

    private static StoreTarget read(Connection connection, Store store) throws SQLException {
        try (var statement = Statements.prepare(connection, sql(store));
                var row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the table of " + store + " is not listed by its database");
            }
            var isWritable = !connection.isReadOnly() && isWritable(store.dialect(), row.getString(1));
            return new StoreTarget(store, isWritable, row.getString(2));
        }
    }

    private static boolean isWritable(Dialect dialect, String found) {
        return switch (dialect) {
            case POSTGRESQL -> found.equals("t");
            case MARIADB, MYSQL -> found.equals("0") || found.equals("OFF");
            case H2 -> found.equals("TRUE");
        };
    }

    private static String sql(Store store) {
        var tables = store.tables();
        return switch (store.dialect()) {
            case POSTGRESQL -> tables.in(POSTGRESQL);
            case MARIADB -> mySql(tables, MARIADB_UID);
            case MYSQL -> mySql(tables, MYSQL_UUID);
            case H2 -> H2;
        };
    }

    private static String mySql(TableNames tables, String server) {
        var schema = tables.schema();
        var bare = new TableNames(tables.barePrefix());
        return bare.in(MYSQL.formatted(server, schema == null ? "DATABASE()" : "'" + schema + "'"));
    }
}
