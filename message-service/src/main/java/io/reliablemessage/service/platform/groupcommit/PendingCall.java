package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A call that waits for a group commit: its requests, and the thread that waits for their results. */
final class PendingCall<Q, R> {

    private enum State {
        WAITING,
        LEADS,
        DONE
    }

    private final List<Q> requests;
    private final long bytes;
    private final Thread thread = Thread.currentThread();
    private final long since = System.nanoTime();
    private volatile List<CallResult<R>> results = List.of();
    private volatile State state = State.WAITING;

    PendingCall(List<Q> requests, long bytes) {
        this.requests = requests;
        this.bytes = bytes;
    }

    List<Q> requests() {
        return requests;
    }

    int items() {
        return requests.size();
    }

    long bytes() {
        return bytes;
    }

    List<CallResult<R>> results() {
        return results;
    }

    /** Whether a caller has waited too long for the results. A leader is at work, and does not wait. */
    boolean isOverdue(Duration timeout) {
        return state == State.WAITING && System.nanoTime() - since >= timeout.toNanos();
    }

    void complete(List<CallResult<R>> written) {
        results = written;
        state = State.DONE;
        wake();
    }

    void fail(Problem problem) {
        complete(Collections.nCopies(items(), new CallResult.Failed<>(problem)));
    }

    void promote() {
        state = State.LEADS;
        wake();
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
     * @return whether it is this thread's turn
     */
    boolean awaitTurn() {
        var isInterrupted = false;
        while (state == State.WAITING) {
            LockSupport.park(this);
            isInterrupted |= Thread.interrupted(); // a write under way cannot be called back
        }
        if (isInterrupted) {
            thread.interrupt();
        }
        return state == State.LEADS;
    }
}
