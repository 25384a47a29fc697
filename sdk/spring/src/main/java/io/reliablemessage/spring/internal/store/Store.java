package io.reliablemessage.spring.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One database with our tables.
 *
 * @param id from the database itself; half messages carry it as {@code checkRef}
 */
public record Store(DataSource dataSource, Dialect dialect, TableNames tables, String id) {

    private static final String ID = "SELECT store_id FROM rm_store";

    /**
     * Reads which store is behind a DataSource.
     *
     * @throws SQLException the database does not answer, or has no such tables
     */
    public static Store open(DataSource dataSource, TableNames tables) throws SQLException {
        return StoreTransactions.run(dataSource, connection -> {
            var dialect = Dialect.of(connection);
            return new Store(dataSource, dialect, tables, readId(connection, tables));
        });
    }

    /** Runs work in a transaction of its own, at READ COMMITTED. */
    public <T> T inTransaction(StoreWork<T> work) throws SQLException {
        return StoreTransactions.run(dataSource, work);
    }

    /** The id as it is now; a store may have got a new one. */
    public static String readId(Connection connection, TableNames tables) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(ID));
                var row = statement.executeQuery()) {
            return Optional.ofNullable(row.next() ? row.getString(1) : null)
                    .orElseThrow(() -> new SQLException(
                            tables.in("rm_store") + " is empty: run the SQL file again, which adds its row"));
        }
    }

    @Override
    public String toString() {
        return "store " + id;
    }
}
