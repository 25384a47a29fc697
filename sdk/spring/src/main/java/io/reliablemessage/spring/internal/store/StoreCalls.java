package io.reliablemessage.spring.internal.store;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs work on databases on threads of its own, so that callers wait no longer than they want to, even for a database
 * or a pool that hangs. Work that nobody waits for any more goes on until the driver gives up.
 *
 * <p>Each database has few threads: one that hangs takes none of the others', and when all of its own hang, calls fail
 * at once. Thread-safe.
 */
public final class StoreCalls {

    private static final int MAX_THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final Map<Object, ThreadPoolExecutor> pools = new ConcurrentHashMap<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final String threadName;

    /** @param threadName followed by a number */
    public StoreCalls(String threadName) {
        this.threadName = threadName;
    }

    /**
     * Runs work and waits for it.
     *
     * @param database whose threads are used
     * @throws SQLException as the work throws it, or it did not end in time
     */
    public <T> T call(Object database, Duration within, Callable<T> work) throws SQLException {
        return await(start(database, work), within);
    }

    /** Starts work. */
    public <T> Future<T> start(Object database, Callable<T> work) {
        try {
            return pools.computeIfAbsent(database, key -> newPool()).submit(work);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new SQLTransientConnectionException(MAX_THREADS + " calls already wait for the database", e));
        }
    }

    /** Waits for started work. */
    public static <T> T await(Future<T> work, Duration within) throws SQLException {
        try {
            return work.get(Math.max(0, within.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not interrupted: H2 would close its file.
            throw new SQLTimeoutException("the database did not answer within " + within.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new SQLException(e.getCause());
        }
    }

    private ThreadPoolExecutor newPool() {
        return new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, threadName + threads.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
