package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.problem.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes requests once, together, and separately if one of them makes the statement fail. Nothing is written again
 * unless it is known that nothing was committed.
 */
final class BatchAttempt<Q, R> {

    private static final Logger log = LoggerFactory.getLogger(BatchAttempt.class);
    private static final int MAX_REPEATS = 3;
    private static final Duration MAX_PAUSE = Duration.ofMillis(20);
    private static final Duration MAX_SEARCH = Duration.ofSeconds(1); // for locked rows; the batch behind waits for it

    private final GroupCommit.Writer<Q, R> writer;
    private final LockedRequests<Q> locked;
    private final HastyTransactions hasty;

    BatchAttempt(GroupCommit.Writer<Q, R> writer, LockedRequests<Q> locked, HastyTransactions hasty) {
        this.writer = writer;
        this.locked = locked;
        this.hasty = hasty;
    }

    /**
     * Writes requests, and as long as a locked row is known, without waiting for others, which are likely.
     *
     * @return one result per request, in order; null: none yet
     */
    List<@Nullable CallResult<R>> write(List<Q> requests) {
        var isPatient = locked.isEmpty() || requests.size() == 1 && locked.contains(requests.getFirst());
        return write(requests, isPatient ? null : System.nanoTime() + MAX_SEARCH.toNanos());
    }

    /** @param searchEnd null: no locked row is searched for; otherwise no row is waited for, and the search ends then */
    private List<@Nullable CallResult<R>> write(List<Q> requests, @Nullable Long searchEnd) {
        for (var repeats = 0; ; repeats++) {
            List<@Nullable R> written;
            try {
                written = searchEnd == null ? writer.write(requests) : hasty.commit(() -> writer.write(requests));
            } catch (RuntimeException failure) {
                var state = SqlState.of(failure);
                if (state.isLocked()) {
                    return withoutLocked(requests, failure, searchEnd);
                }
                if (requests.size() > 1 && blamesARequest(failure, state)) {
                    return halve(requests, searchEnd);
                }
                if (!state.isRolledBackByChance() || repeats == MAX_REPEATS) {
                    return Batch.failed(requests.size(), Batch.explain(failure));
                }
                log.atDebug()
                        .addKeyValue("requests", requests.size())
                        .setCause(failure)
                        .log("batch rolled back, tried again");
                pause();
                continue;
            }
            return committed(requests, written);
        }
    }

    private List<@Nullable CallResult<R>> withoutLocked(
            List<Q> requests, RuntimeException failure, @Nullable Long searchEnd) {
        var end = searchEnd == null ? System.nanoTime() + MAX_SEARCH.toNanos() : searchEnd;
        if (requests.size() > 1 && System.nanoTime() < end) {
            return halve(requests, end);
        }
        if (requests.size() == 1) {
            locked.add(requests.getFirst());
        }
        return Batch.failed(requests.size(), Batch.explain(failure));
    }

    private List<@Nullable CallResult<R>> halve(List<Q> requests, @Nullable Long searchEnd) {
        var middle = requests.size() / 2;
        var results = new ArrayList<>(write(requests.subList(0, middle), searchEnd));
        results.addAll(write(requests.subList(middle, requests.size()), searchEnd));
        return results;
    }

    private static boolean blamesARequest(RuntimeException failure, SqlState state) {
        return Failures.isOfTheDatabase(failure)
                ? state.blamesARequest() && !SqlState.isNoPartition(failure)
                : true; // a request that cannot even be sent
    }

    private List<@Nullable CallResult<R>> committed(List<Q> requests, List<@Nullable R> written) {
        var results = new ArrayList<@Nullable CallResult<R>>(written.size());
        for (var i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            var result = written.get(i);
            if (result != null) {
                AfterCommit.run(() -> writer.committed(request, result));
            }
            results.add(result == null ? null : new CallResult.Done<>(result));
        }
        return results;
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, MAX_PAUSE.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
