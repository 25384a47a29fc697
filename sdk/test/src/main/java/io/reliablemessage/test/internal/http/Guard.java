package io.reliablemessage.test.internal.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock around all state, so that each call is a transaction; and a way to wait for others' calls. */
public final class Guard {

    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable beforeEach;

    /** @param beforeEach what became due, before anybody looks */
    public Guard(Runnable beforeEach) {
        this.beforeEach = beforeEach;
    }

    public <T> T call(Supplier<T> action) {
        lock.lock();
        try {
            beforeEach.run();
            return action.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    public void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** What there is within that time. */
    public <T> Optional<T> await(Duration most, Supplier<Optional<T>> look) {
        var deadline = System.nanoTime() + most.toNanos();
        lock.lock();
        try {
            beforeEach.run();
            var found = look.get();
            for (var left = most.toNanos(); found.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
                if (changed.awaitNanos(Math.min(left, GLANCE)) <= 0) {
                    beforeEach.run(); // time itself may have made something due
                }
                found = look.get();
            }
            return found;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
