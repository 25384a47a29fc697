package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.database.CallTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

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

    /**
     * Writes a call's requests: those whose row is known as locked aside, and aside once more those whose row the batch
     * did not wait for.
     *
     * @param together writes the others
     */
    List<CallResult<R>> write(List<Q> requests, Function<List<Q>, List<CallResult<R>>> together) {
        var end = System.nanoTime() + timeout.toNanos();
        return locked.containsAny(requests)
                ? apart(requests, together, end)
                : again(requests, together.apply(requests), end);
    }

    private List<CallResult<R>> apart(List<Q> requests, Function<List<Q>, List<CallResult<R>>> together, long end) {
        var isAside = requests.stream().map(locked::contains).toList();
        var others = IntStream.range(0, requests.size())
                .filter(i -> !isAside.get(i))
                .mapToObj(requests::get)
                .toList();
        var written = again(others, together.apply(others), end).iterator();
        var results = new ArrayList<CallResult<R>>();
        for (var i = 0; i < requests.size(); i++) {
            results.add(isAside.get(i) ? aside(requests.get(i), end) : written.next());
        }
        return results;
    }

    private List<CallResult<R>> again(List<Q> requests, List<CallResult<R>> written, long end) {
        if (!locked.containsAny(requests)) {
            return written;
        }
        var results = new ArrayList<CallResult<R>>();
        for (var i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            var result = written.get(i);
            results.add(
                    result instanceof CallResult.Failed<R> && locked.contains(request) ? aside(request, end) : result);
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
