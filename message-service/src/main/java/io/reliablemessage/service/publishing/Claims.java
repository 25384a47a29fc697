package io.reliablemessage.service.publishing;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The open claims of this replica, by epoch: an epoch begins with each heartbeat. */
@Component
public class Claims {

    private final NavigableMap<Long, Integer> open = new TreeMap<>();
    private long epoch;

    /** Opens a claim; to be called before the statement that counts the sends. */
    public synchronized Claim open() {
        open.merge(epoch, 1, Integer::sum);
        return new Claim(this, epoch);
    }

    synchronized void closed(long of) {
        open.computeIfPresent(of, Claims::oneLess);
    }

    private static @Nullable Integer oneLess(long epoch, int claims) {
        return claims == 1 ? null : claims - 1;
    }

    /** Begins an epoch, to which claims from now on belong. */
    synchronized long nextEpoch() {
        return ++epoch;
    }

    /** Whether all claims of earlier epochs are closed. */
    synchronized boolean areClosedBefore(long of) {
        return open.isEmpty() || open.firstKey() >= of;
    }

    synchronized boolean areClosed() {
        return open.isEmpty();
    }
}
