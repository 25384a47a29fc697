package io.reliablemessage.client.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;

/**
 * The time as the service has it, which refuses ids of another. Follows the {@code Date} of its last answer, and is not
 * moved by who sets this machine's clock.
 */
final class IdClock {

    static final IdClock PROCESS = new IdClock(System::currentTimeMillis, System::nanoTime);

    // An answer's date has whole seconds and has been on its way.
    private static final long TOLERANCE_MILLIS = 3_000;

    private final LongSupplier nanos;
    private final long startNanos;
    private final long startMillis;
    private volatile long offset;
    private volatile String seen = "";

    IdClock(LongSupplier millis, LongSupplier nanos) {
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
        startMillis = millis.getAsLong();
    }

    long millis() {
        return own() + offset;
    }

    /** To be called with an answer as it comes; those of others, such as a proxy's login page, do not count. */
    void follow(ServiceAnswer answer) {
        var date = answer.headers().firstValue("Date").orElse(seen);
        if (!date.equals(seen) && answer.isJson()) { // once a second is enough
            seen = date;
            try {
                follow(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))
                        .toEpochMilli());
            } catch (DateTimeException unreadable) {
                return; // the last one holds
            }
        }
    }

    private void follow(long servicesMillis) {
        if (Math.abs(servicesMillis - millis()) > TOLERANCE_MILLIS) {
            var difference = servicesMillis - own();
            offset = Math.abs(difference) > TOLERANCE_MILLIS ? difference : 0;
        }
    }

    private long own() {
        return startMillis + Duration.ofNanos(nanos.getAsLong() - startNanos).toMillis();
    }
}
