package io.reliablemessage.service.publishing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends that one transaction counts in the ledger. Opened before its statement, it is closed when each send was offered
 * to the broker or is given back, or when it is certain that the transaction was rolled back.
 */
public final class Claim {

    private final Claims claims;
    private final long epoch;
    private final AtomicInteger open = new AtomicInteger(1); // the transaction itself

    Claim(Claims claims, long epoch) {
        this.claims = claims;
        this.epoch = epoch;
    }

    void add(int sends) {
        open.addAndGet(sends);
    }

    /** One of its sends, or its transaction, is settled. */
    public void settle() {
        if (open.decrementAndGet() == 0) {
            claims.closed(epoch);
        }
    }
}
