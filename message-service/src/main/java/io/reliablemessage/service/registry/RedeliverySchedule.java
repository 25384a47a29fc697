package io.reliablemessage.service.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes when an unacknowledged delivery is sent again or given up, as {@code redelivery_wait} in the ledger does,
 * without its jitter of up to a tenth.
 *
 * @param waits for an ack after each send; the last one repeats
 * @param maxAttempts sends before the delivery is buried
 */
public record RedeliverySchedule(List<Duration> waits, int maxAttempts) {

    public RedeliverySchedule {
        waits = List.copyOf(waits);
        if (waits.isEmpty() || maxAttempts < 1) {
            throw new IllegalArgumentException("a schedule has a wait and an attempt at least");
        }
    }

    /** How long after the first send the next ones come, {@code most} of them, if nobody answers. */
    public List<Duration> preview(int most) {
        var times = new ArrayList<Duration>();
        var time = Duration.ZERO;
        for (var attempt = 1; attempt < maxAttempts && attempt <= most; attempt++) {
            time = time.plus(waitAfter(attempt));
            times.add(time);
        }
        return List.copyOf(times);
    }

    private Duration waitAfter(int attempt) {
        return waits.get(Math.min(attempt, waits.size()) - 1);
    }
}
