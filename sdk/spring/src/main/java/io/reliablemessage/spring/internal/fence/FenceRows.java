package io.reliablemessage.spring.internal.fence;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.StoreWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes fences, and reads what they depend on. */
final class FenceRows {

    // A plain INSERT but for PostgreSQL, where a duplicate would abort the transaction. Never one that passes over
    // other errors, and never one that changes a row.
    private static final String INSERT = """
            INSERT INTO rm_outbox (message_id, state, settled_at)
            VALUES (?, 'FENCE', %s)
            """;

    private static final String UNLESS_THERE = " ON CONFLICT (message_id) DO NOTHING";

    private static final String LOCK_STATE = """
            SELECT state
              FROM rm_outbox
             WHERE message_id = ?
               FOR UPDATE
            """;

    private static final String NO_WAIT = " NOWAIT";

    // A server that is read-only still takes what an administrator writes.
    private static final String READ_STORE = "SELECT store_id, cleaned_to, %s AS read_only FROM rm_store";

    private static final String INTEGRITY_VIOLATION = "23";

    private final Store store;
    private final String insert;
    private final String lockState;
    private final String readStore;

    FenceRows(Store store) {
        this.store = store;
        var dialect = store.dialect();
        var isMySql = dialect == Dialect.MYSQL;
        var hasReadOnly = isMySql || dialect == Dialect.MARIADB;
        this.insert = sql(INSERT.formatted(dialect.now()) + (dialect == Dialect.POSTGRESQL ? UNLESS_THERE : ""));
        this.lockState = sql(LOCK_STATE + (isMySql ? NO_WAIT : ""));
        this.readStore = sql(READ_STORE.formatted(hasReadOnly ? "@@GLOBAL.read_only" : "0"));
    }

    private String sql(String text) {
        return store.tables().in(text);
    }

    Dialect dialect() {
        return store.dialect();
    }

    /** Runs work in a transaction that hardly waits for locks. */
    <T> T inTransaction(StoreWork<T> work) throws SQLException {
        return store.inTransaction(connection -> LockLimits.run(connection, dialect(), work));
    }

    /** Whether there was no row with this id, committed or open; open ones are not waited for. */
    boolean insert(Connection connection, UUID id) throws SQLException {
        try (var statement = prepare(connection, insert)) {
            statement.setObject(1, dialect().id(id));
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            var state = e.getSQLState();
            if (dialect() != Dialect.POSTGRESQL && state != null && state.startsWith(INTEGRITY_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    /** The state of the row with this id, which stays so until the end of the transaction. */
    Optional<String> lockState(Connection connection, UUID id) throws SQLException {
        try (var statement = prepare(connection, lockState)) {
            statement.setObject(1, dialect().id(id));
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** @throws Doubt this is not the store that was meant, or not its primary */
    StoreRow readStore(Connection connection) throws SQLException {
        try (var statement = prepare(connection, readStore);
                var row = statement.executeQuery()) {
            if (!row.next()) {
                throw new Doubt("rm_store is empty");
            }
            var id = row.getString("store_id");
            if (!store.id().equals(id)) {
                throw new Doubt("the database of store %s now has the id %s".formatted(store.id(), id));
            }
            var readOnly = row.getString("read_only");
            if (!readOnly.equals("0") && !readOnly.equals("OFF")) {
                throw new Doubt("the database server is read-only");
            }
            return new StoreRow(id, dialect().readId(row, "cleaned_to"));
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return LockLimits.prepare(connection, dialect(), sql);
    }

    /** @param cleanedTo the highest id that the cleaner deleted; null: none */
    record StoreRow(String id, @Nullable UUID cleanedTo) {

        /** Whether a row with this id may have been deleted. */
        boolean hasCleaned(UUID message) {
            return cleanedTo != null && compareUnsigned(message, cleanedTo) <= 0;
        }

        /** In the order of their times. {@link UUID#compareTo} takes both halves as signed. */
        private static int compareUnsigned(UUID one, UUID other) {
            var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
    }
}
