package io.reliablemessage.service.platform.groupcommit;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for some seconds which requests found their row locked. They are repeated soon, and no batch should wait
 * for them again.
 */
final class LockedRequests<Q> {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MAX = 1000;

    private final Function<Q, @Nullable Object> row;
    private final Map<Object, Long> until = new ConcurrentHashMap<>();

    /** @param row what a request locks; null: a row of its own */
    LockedRequests(Function<Q, @Nullable Object> row) {
        this.row = row;
    }

    static Problem refusal() {
        return new Problem(
                UNAVAILABLE,
                "Another transaction has locked it for too long; nothing was done. Repeat the call later.");
    }

    void add(Q request) {
        var found = row.apply(request);
        if (until.size() >= MAX) {
            forgetOld();
        }
        if (found != null && until.size() < MAX) {
            until.put(found, System.nanoTime() + REMEMBERED.toNanos());
        }
    }

    void remove(Q request) {
        var found = row.apply(request);
        if (found != null) {
            until.remove(found);
        }
    }

    boolean isEmpty() {
        if (!until.isEmpty()) {
            forgetOld();
        }
        return until.isEmpty();
    }

    boolean containsAny(List<Q> requests) {
        return !until.isEmpty() && requests.stream().anyMatch(this::contains);
    }

    boolean contains(Q request) {
        var found = until.isEmpty() ? null : row.apply(request);
        var end = found == null ? null : until.get(found);
        return end != null && end - System.nanoTime() > 0;
    }

    private void forgetOld() {
        until.values().removeIf(end -> end - System.nanoTime() <= 0);
    }
}
