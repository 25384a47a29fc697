package io.reliablemessage.client.internal;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 of a counter, 62 of chance. Each is greater than the one before,
 * unless the time was set back by more than ten seconds.
 */
public final class IdGenerator {

    public static final IdGenerator PROCESS = new IdGenerator(IdClock.PROCESS::millis);

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 1L << 63;
    // More is no burst of ids: the clock was wrong, and the service would refuse what goes on from there.
    private static final long MOST_AHEAD = 10_000L << COUNTER_BITS;

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong(); // milliseconds and counter
    private final LongSupplier millis;

    IdGenerator(LongSupplier millis) {
        this.millis = millis;
    }

    public UUID next() {
        var now = millis.getAsLong() << COUNTER_BITS;
        var next = last.updateAndGet(before -> before - now > MOST_AHEAD ? now : Math.max(before + 1, now));
        var time = (next >>> COUNTER_BITS) << 16;
        return new UUID(time | VERSION | (next & COUNTER_MASK), VARIANT | (random.nextLong() >>> 2));
    }
}
