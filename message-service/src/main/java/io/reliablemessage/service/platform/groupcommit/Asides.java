package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.database.CallTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Writes requests whose row was found locked by themselves, one at a time, so that no batch waits for them. */
final class Asides<Q, R> {

    private final LockedRequests<Q> locked;
    private final Batch<Q, R> batch;
    private final Duration timeout;
    private final Semaphore turn = new Semaphore(1);

    Asides(LockedRequests<Q> locked, Batch<Q, R> batch, Duration timeout) {
        this.locked = locked;
        this.batch = batch;
        this.timeout = timeout;
    }

    boolean concerns(List<Q> requests) {
        return locked.containsAny(requests);
    }

    /**
     * Writes a call's requests, the locked ones aside.
     *
     * @param together writes the others
     */
    List<CallResult<R>> write(List<Q> requests, Function<List<Q>, List<CallResult<R>>> together) {
        var apart = requests.stream().map(locked::contains).toList();
        var others = new ArrayList<Q>();
        for (var i = 0; i < requests.size(); i++) {
            if (!apart.get(i)) {
                others.add(requests.get(i));
            }
        }
        var end = System.nanoTime() + timeout.toNanos();
        var written = together.apply(others).iterator();
        var results = new ArrayList<CallResult<R>>();
        for (var i = 0; i < requests.size(); i++) {
            results.add(apart.get(i) ? aside(requests.get(i), end) : written.next());
        }
        return results;
    }

    @SuppressWarnings("try") // held open
    private CallResult<R> aside(Q request, long end) {
        var left = end - System.nanoTime();
        if (!takeTurn(left)) {
            return new CallResult.Failed<>(LockedRequests.refusal());
        }
        try (var limited = CallTimeout.of(timeout)) {
            var result = batch.write(List.of(request)).getFirst();
            if (result instanceof CallResult.Done) {
                locked.remove(request);
            }
            return result;
        } finally {
            turn.release();
        }
    }

    private boolean takeTurn(long nanos) {
        try {
            return turn.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
