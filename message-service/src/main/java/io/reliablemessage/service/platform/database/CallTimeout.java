package io.reliablemessage.service.platform.database;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread waits for each of the database's answers, while this is open.
 *
 * <p>The driver's own limit is for work that may take long. Callers must not wait that long for a database whose
 * network drops everything: an early answer "outcome unknown" lets them repeat the call.
 */
public final class CallTimeout implements AutoCloseable {

    private static final ThreadLocal<@Nullable Duration> OF_THIS_THREAD = new ThreadLocal<>();

    private final @Nullable Duration before = OF_THIS_THREAD.get();

    private CallTimeout() {}

    public static CallTimeout of(Duration timeout) {
        var opened = new CallTimeout();
        OF_THIS_THREAD.set(timeout);
        return opened;
    }

    /** Empty: the thread waits as long as the driver does. */
    static Optional<Duration> ofThisThread() {
        return Optional.ofNullable(OF_THIS_THREAD.get());
    }

    @Override
    public void close() {
        if (before == null) {
            OF_THIS_THREAD.remove();
        } else {
            OF_THIS_THREAD.set(before);
        }
    }
}
