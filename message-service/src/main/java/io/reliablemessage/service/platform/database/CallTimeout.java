package io.reliablemessage.service.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread waits for the database, all answers together, while this is open.
 *
 * <p>The driver's own limit is for work that may take long. Callers must not wait that long for a database whose
 * network drops everything: an early answer "outcome unknown" lets them repeat the call.
 */
public final class CallTimeout implements AutoCloseable {

    /** A database at work rolls back at once; with another the connection ends, which rolls back, too. */
    private static final int MILLIS_TO_ROLL_BACK = 50;

    private static final ThreadLocal<@Nullable Long> END = new ThreadLocal<>();

    private final @Nullable Long before = END.get();

    private CallTimeout() {}

    public static CallTimeout of(Duration timeout) {
        var opened = new CallTimeout();
        END.set(System.nanoTime() + timeout.toNanos());
        return opened;
    }

    /** What is left of a time-out that began with the thread's. */
    public static Duration leftOf(Duration timeout) {
        var end = END.get();
        var left = end == null ? timeout : Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    /**
     * Limits the connection's next answer to what is left; without a time-out the driver's limit stays.
     *
     * @throws SQLException nothing is left, and nothing has been sent
     */
    static void limit(Connection connection) throws SQLException {
        var end = END.get();
        if (end == null) {
            return;
        }
        var left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            connection.setNetworkTimeout(Runnable::run, MILLIS_TO_ROLL_BACK);
            throw new SQLTransientConnectionException("the call's time-out has passed");
        }
        // A field of the socket, no round trip; the pool takes it back with the connection.
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(left, Integer.MAX_VALUE));
    }

    @Override
    public void close() {
        if (before == null) {
            END.remove();
        } else {
            END.set(before);
        }
    }
}
