package io.reliablemessage.spring.internal.outbox;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The ledger epoch that a store's rows were last compared with.
 *
 * <p>Its row is also the lock between settling, which shares it, and un-settling, which has it alone: no row can be
 * marked as sent by an answer from before a restore once the un-settling is over. Whoever locks it does so before any
 * row of the outbox, so nobody waits in a circle.
 */
public final class EpochStore {

    private static final String READ = "SELECT epoch FROM rm_store";
    private static final String BEGIN = "UPDATE rm_store SET epoch = ? WHERE epoch IS NULL";
    private static final String REPLACE = "UPDATE rm_store SET epoch = ? WHERE epoch = ?";

    private final TableNames tables;
    private final String share;

    public EpochStore(Dialect dialect, TableNames tables) {
        this.tables = tables;
        this.share = switch (dialect) {
            case POSTGRESQL -> " FOR SHARE";
            case MARIADB, MYSQL -> " LOCK IN SHARE MODE";
            case H2 -> " FOR UPDATE"; // it has no shared lock
        };
    }

    /** The epoch; null: none was seen yet. */
    public @Nullable String read(Connection connection) throws SQLException {
        return read(connection, READ);
    }

    /** The epoch, which nobody changes before the end of this transaction. */
    public @Nullable String readShared(Connection connection) throws SQLException {
        return read(connection, READ + share);
    }

    /** The epoch, while nobody else has it locked. */
    public @Nullable String readAlone(Connection connection) throws SQLException {
        return read(connection, READ + " FOR UPDATE");
    }

    private @Nullable String read(Connection connection, String sql) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(sql));
                var row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException(tables.in("rm_store") + " is empty: run the SQL file again, which adds its row");
            }
            return row.getString(1);
        }
    }

    /** Stores the first epoch, unless there is one. */
    public void begin(Connection connection, String epoch) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(BEGIN))) {
            statement.setString(1, epoch);
            statement.executeUpdate();
        }
    }

    /** Stores another epoch, if the one before is still this. */
    public boolean replace(Connection connection, String before, String epoch) throws SQLException {
        try (var statement = Statements.prepare(connection, tables.in(REPLACE))) {
            statement.setString(1, epoch);
            statement.setString(2, before);
            return statement.executeUpdate() == 1;
        }
    }
}
