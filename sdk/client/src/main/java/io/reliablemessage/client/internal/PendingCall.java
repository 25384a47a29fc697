package io.reliablemessage.client.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call in a batcher, from its start to its outcome, which is decided once: by an answer or by its deadline. */
final class PendingCall<T> {

    private final EncodedCall item;
    private final long deadline;
    // No code outside depends on it, so completing it runs no foreign code.
    private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();

    PendingCall(EncodedCall item, Duration timeout) {
        this.item = item;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    EncodedCall item() {
        return item;
    }

    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /** Whether it is worth sending: its outcome is open, and an answer could still come in time. */
    boolean isAlive() {
        return !outcome.isDone() && !isOverdue();
    }

    boolean isOverdue() {
        return deadline - System.nanoTime() <= 0;
    }

    /** Decides the outcome unless that has happened before. */
    void end(Outcome<T> how) {
        outcome.complete(how);
    }

    /** Returns what it ended with, if that was in time. */
    Outcome<T> await() throws InterruptedException, TimeoutException {
        try {
            return outcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is a value", e);
        }
    }

    Outcome<T> outcome() {
        return outcome.join();
    }

    /** The future of a caller that does not wait; it ends in a thread of {@code completions} while there are any. */
    CompletableFuture<T> promise(String call, Executor completions) {
        var promise = new CompletableFuture<T>();
        var unused = outcome.thenAcceptAsync(how -> complete(promise, how, call), completions)
                .whenComplete((completed, refused) -> {
                    if (refused != null) {
                        complete(promise, outcome(), call);
                    }
                });
        return promise;
    }

    private void complete(CompletableFuture<T> promise, Outcome<T> how, String call) {
        var unused = how.resolve(call, promise::complete, promise::completeExceptionally);
    }
}
