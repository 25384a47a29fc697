package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries in memory that wait for the broker, and their weight. Bounded by those who ask for
 * room before they add.
 */
class WaitingDispatches {

    private final BlockingQueue<Dispatch> queue = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    void add(List<Dispatch> dispatches) {
        dispatches.forEach(dispatch -> bytes.addAndGet(dispatch.content().bytes()));
        queue.addAll(dispatches);
    }

    @Nullable
    Dispatch poll(Duration timeout) throws InterruptedException {
        var next = queue.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
            bytes.addAndGet(-next.content().bytes());
        }
        return next;
    }

    List<Dispatch> drain() {
        var drained = new ArrayList<Dispatch>();
        queue.drainTo(drained);
        drained.forEach(dispatch -> bytes.addAndGet(-dispatch.content().bytes()));
        return drained;
    }

    int size() {
        return queue.size();
    }

    long bytes() {
        return bytes.get();
    }
}
