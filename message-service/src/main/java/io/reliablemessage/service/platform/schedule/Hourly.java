package io.reliablemessage.service.platform.schedule;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A chore for every hour, to be tried every minute, by one at a time: if it failed, it is due until it succeeds. */
public final class Hourly {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final LongSupplier nanoTime;
    private volatile long due;

    public Hourly() {
        this(System::nanoTime);
    }

    Hourly(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    /** Does it if an hour has passed since it last succeeded; what it throws goes to the caller. */
    public void run(Runnable chore) {
        var now = nanoTime.getAsLong();
        if (now - due >= 0) {
            chore.run();
            due = now + HOUR;
        }
    }
}
