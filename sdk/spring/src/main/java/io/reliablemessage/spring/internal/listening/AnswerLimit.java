package io.reliablemessage.spring.internal.listening;

import java.time.Duration;

/** Counts the answers that the service has not taken, and notes when they are too many. Safe for use by many threads. */
final class AnswerLimit {

    private final int max;
    private final Runnable onChange;
    private int open;
    private boolean isFull;

    /** @param onChange called when it becomes full, and when half of it is gone; must not block */
    AnswerLimit(int max, Runnable onChange) {
        this.max = max;
        this.onChange = onChange;
    }

    /** From the time it was full until half of it is gone. */
    synchronized boolean isFull() {
        return isFull;
    }

    synchronized int open() {
        return open;
    }

    void added() {
        change(1);
    }

    void removed() {
        change(-1);
    }

    private void change(int by) {
        if (isChangedBy(by)) {
            onChange.run();
        }
    }

    private synchronized boolean isChangedBy(int by) {
        var was = isFull;
        open += by;
        isFull = isFull ? open > max / 2 : open >= max;
        notifyAll();
        return was != isFull;
    }

    /** Returns how many are left after that time. */
    synchronized int awaitNone(Duration within) {
        var end = System.nanoTime() + within.toNanos();
        try {
            var left = within.toMillis();
            while (open > 0 && left > 0) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return open;
    }
}
