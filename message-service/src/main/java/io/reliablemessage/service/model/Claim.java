package io.reliablemessage.service.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends that one transaction counts in the ledger. It is open until each of them was offered to the broker or given
 * back, or until it is certain that the transaction was rolled back.
 */
public final class Claim {

    private final boolean sendsAtOnce;
    private final Runnable onClose;
    private final AtomicInteger open = new AtomicInteger(1); // the transaction itself
    private final long since = System.nanoTime();

    /** @param sendsAtOnce whether publishing takes sends now; if not, deliveries become due instead */
    public Claim(boolean sendsAtOnce, Runnable onClose) {
        this.sendsAtOnce = sendsAtOnce;
        this.onClose = onClose;
    }

    public boolean sendsAtOnce() {
        return sendsAtOnce;
    }

    /** Adds a send of a delivery that was never sent. */
    Send first() {
        return send(0, null);
    }

    /** Adds a send of a delivery with so many attempts, the last of them at that time. */
    public Send send(int attempts, @Nullable Instant sentAt) {
        open.incrementAndGet();
        return new Send(attempts, sentAt);
    }

    /** The transaction has ended, and its outcome is known. */
    public void settle() {
        if (open.decrementAndGet() == 0) {
            onClose.run();
        }
    }

    /** One send, and its delivery as it was before, which it is again if the send is given back. */
    public final class Send {

        private final int attemptsBefore;
        private final @Nullable Instant sentBefore;
        private final AtomicBoolean isSettled = new AtomicBoolean();

        private Send(int attemptsBefore, @Nullable Instant sentBefore) {
            this.attemptsBefore = attemptsBefore;
            this.sentBefore = sentBefore;
        }

        public int attemptsBefore() {
            return attemptsBefore;
        }

        public @Nullable Instant sentBefore() {
            return sentBefore;
        }

        /** How long ago its transaction began. */
        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        /** It was offered to the broker, or is given back. */
        public void settle() {
            if (!isSettled.getAndSet(true)) {
                Claim.this.settle();
            }
        }
    }
}
