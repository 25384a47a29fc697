package io.reliablemessage.spring.internal.fence;

import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.StoreCalls;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides whether the transaction that writes a message's row committed, by writing a row with the same id: only one of
 * both can commit. Every error, wait and lost answer is {@code UNKNOWN}. Thread-safe.
 */
public final class Fence {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(2);

    private final StoreCalls calls = new StoreCalls("reliable-message-fence-");

    /** Decides within two seconds. Never throws. */
    public Ruling rule(Store store, UUID id) {
        return rule(store, id, DEFAULT_LIMIT);
    }

    /** Decides within this time. Never throws. */
    public Ruling rule(Store store, UUID id, Duration within) {
        if (!isVersion7(id)) {
            return Ruling.unknown("the id is no UUIDv7");
        }
        try {
            return calls.call(store.id(), within, () -> decide(new FenceRows(store), id));
        } catch (SQLException | RuntimeException e) {
            return Ruling.unknown(reason(e));
        }
    }

    /** Ids are compared with those of deleted rows, so they must be ordered in time. */
    private static boolean isVersion7(UUID id) {
        return id.version() == 7 && id.variant() == 2;
    }

    private static String reason(Exception e) {
        if (e instanceof Doubt doubt) {
            return doubt.reason();
        }
        return e instanceof SQLException failure && failure.getSQLState() != null
                ? "%s (SQLState %s, error %d)".formatted(e, failure.getSQLState(), failure.getErrorCode())
                : e.toString();
    }

    private static Ruling decide(FenceRows rows, UUID id) throws SQLException {
        if (rows.dialect() == Dialect.MYSQL) {
            // The insert could wait for a second; this finds an open row without a wait. In a transaction of its own,
            // so that the insert waits without locks.
            var existing = rows.inTransaction(connection -> readExisting(connection, rows, id));
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        return rows.inTransaction(connection -> insertOrRead(connection, rows, id));
    }

    private static Ruling insertOrRead(Connection connection, FenceRows rows, UUID id) throws SQLException {
        if (connection.isReadOnly()) {
            throw new Doubt("the connection is read-only");
        }
        return rows.insert(connection, id)
                ? afterInsert(connection, rows, id)
                : readExisting(connection, rows, id).orElseThrow(() -> new Doubt("the row is being deleted"));
    }

    /**
     * The row may be missing since it was cleaned. The cleaner commits its deletes together with the highest id
     * deleted. If the insert won against such a delete, a later statement sees that id; at READ COMMITTED only.
     */
    private static Ruling afterInsert(Connection connection, FenceRows rows, UUID id) throws SQLException {
        var store = rows.readStore(connection);
        if (store.hasCleaned(id)) {
            throw new Doubt("the id is older than what is kept");
        }
        return Ruling.rolledBack(store.id(), "the fence was written");
    }

    /** Only committed rows are seen here: of an open transaction's row, the lock is waited for. */
    private static Optional<Ruling> readExisting(Connection connection, FenceRows rows, UUID id) throws SQLException {
        var state = rows.lockState(connection, id);
        if (state.isEmpty()) {
            return Optional.empty();
        }
        var store = rows.readStore(connection);
        return Optional.of(
                switch (state.get()) {
                    case "WAITING", "SENT", "REFUSED" -> Ruling.committed(store.id());
                    case "FENCE" -> Ruling.rolledBack(store.id(), "the fence was there");
                    default -> throw new Doubt("the row has the state " + state.get());
                });
    }
}
