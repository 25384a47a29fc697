package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.model.Claim;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The open claims of this replica, by epoch: an epoch begins with each heartbeat. */
@Component
class Claims {

    private final NavigableMap<Long, Integer> open = new TreeMap<>();
    private long epoch;

    /** Opens a claim; before the transaction that counts its sends. */
    synchronized Claim open(boolean sendsAtOnce) {
        var of = epoch;
        open.merge(of, 1, Integer::sum);
        return new Claim(sendsAtOnce, () -> closed(of));
    }

    private synchronized void closed(long of) {
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

    /** Counts the open ones no longer. */
    synchronized void forget() {
        open.clear();
    }

    synchronized boolean areClosed() {
        return open.isEmpty();
    }
}
