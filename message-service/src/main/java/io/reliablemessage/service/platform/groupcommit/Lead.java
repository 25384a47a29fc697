package io.reliablemessage.service.platform.groupcommit;

import java.time.Duration;

/**
 * Who leads a group commit. A leader that was appointed and does not begin is replaced, and if it comes after all, it
 * is refused. Guarded by the group commit's lock.
 */
final class Lead {

    private static final Duration MAX_START = Duration.ofSeconds(1);

    private long number;
    private long since;
    private boolean isHeld;
    private boolean hasBegun;

    boolean isHeld() {
        return isHeld;
    }

    /** @return the number that the leader begins with, from 1 */
    long appoint() {
        isHeld = true;
        hasBegun = false;
        since = System.nanoTime();
        return ++number;
    }

    boolean begin(long appointed) {
        if (!isHeld || hasBegun || appointed != number) {
            return false;
        }
        hasBegun = true;
        return true;
    }

    void release() {
        isHeld = false;
    }

    boolean isLost() {
        return isHeld && !hasBegun && System.nanoTime() - since > MAX_START.toNanos();
    }
}
