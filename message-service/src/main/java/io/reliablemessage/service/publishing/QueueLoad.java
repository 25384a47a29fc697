package io.reliablemessage.service.publishing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts a queue's unconfirmed sends on a channel: up by the sending thread, down by the connection's. */
class QueueLoad {

    private final AtomicInteger sends = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long waitsSince; // for its next answer, by System.nanoTime
    private volatile boolean hasAnswered;

    void sent(int weight, long at) {
        bytes.addAndGet(weight);
        if (sends.getAndIncrement() == 0) {
            waitsSince = at;
        }
    }

    void answered(int weight) {
        hasAnswered = true;
        waitsSince = System.nanoTime();
        bytes.addAndGet(-weight);
        sends.decrementAndGet(); // only now: at 0, the sending thread sets the time
    }

    boolean isEmpty() {
        return sends.get() == 0;
    }

    /** Whether the broker has answered any send to it. */
    boolean hasAnswered() {
        return hasAnswered;
    }

    /** Whether the queue owes an answer, and gave none for so long. */
    boolean isSilentFor(Duration time, long now) {
        return !isEmpty() && now - waitsSince > time.toNanos();
    }

    /** Whether one more stays within a number and a weight; the first one always does. */
    boolean admits(int weight, int most, long mostBytes) {
        var count = sends.get();
        return count == 0 || (count < most && bytes.get() + weight <= mostBytes);
    }
}
