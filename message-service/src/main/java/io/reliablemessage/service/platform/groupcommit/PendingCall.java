package io.reliablemessage.service.platform.groupcommit;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call that waits for a group commit: its requests, and the thread that waits for their results. */
final class PendingCall<Q, R> {

    /** No number of a lead. */
    static final long NONE = 0;

    private final List<Q> requests;
    private final int items;
    private final long bytes;
    private final long patience;
    private final Thread thread = Thread.currentThread();
    private final long since = System.nanoTime();
    private volatile @Nullable List<CallResult<R>> results;
    private volatile long lead = NONE;
    private volatile boolean isDone;

    /** @param patience how long its thread may wait for somebody else to write it */
    PendingCall(List<Q> requests, long bytes, Duration patience) {
        this.requests = requests;
        this.items = requests.size();
        this.bytes = bytes;
        this.patience = patience.toNanos();
    }

    List<Q> requests() {
        return requests;
    }

    int items() {
        return items;
    }

    long bytes() {
        return bytes;
    }

    List<CallResult<R>> results() {
        var written = results;
        return written != null
                ? written
                : failed(new Problem(UNAVAILABLE, "The batch was not written to its end. Repeat the call."));
    }

    /** Whether a caller has waited too long for the results. A leader is at work, and does not wait. */
    boolean isOverdue() {
        return !isDone && lead == NONE && System.nanoTime() - since >= patience;
    }

    void complete(List<CallResult<R>> written) {
        results = written;
        end();
    }

    void fail(Problem problem) {
        complete(failed(problem));
    }

    /** Needs no memory: whoever waits makes its own results. */
    void end() {
        isDone = true;
        wake();
    }

    private List<CallResult<R>> failed(Problem problem) {
        return Collections.nCopies(items, new CallResult.Failed<>(problem));
    }

    void promote(long appointed) {
        lead = appointed;
        wake();
    }

    void demote() {
        lead = NONE;
    }

    private void wake() {
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Parks until the requests are written, or it is this thread's turn to write. Parks, and never spins: with two
     * carriers a spinning virtual thread starves the one it waits for.
     *
     * @return the number of the lead, if it is this thread's turn; else NONE
     */
    long awaitTurn() {
        var isInterrupted = false;
        while (!isDone && lead == NONE) {
            LockSupport.park(this);
            isInterrupted |= Thread.interrupted(); // a write under way cannot be called back
        }
        if (isInterrupted) {
            thread.interrupt();
        }
        return isDone ? NONE : lead;
    }
}
