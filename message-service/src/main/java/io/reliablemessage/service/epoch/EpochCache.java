package io.reliablemessage.service.epoch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest epoch that this replica has seen. It never goes back: after a restore that lost epochs, the replica's
 * number is the least that the next epoch exceeds. Thread-safe.
 */
@Component
class EpochCache {

    private static final double MILLIS = 1000;

    private volatile @Nullable Known known;

    EpochCache(MeterRegistry meters) {
        Gauge.builder("reliable.message.ledger.epoch", () -> number() / MILLIS)
                .description("When the ledger's epoch began; it changes when the database was restored")
                .baseUnit("seconds")
                .register(meters);
    }

    /** As the header has it; null: the database was not read yet. */
    @Nullable
    String text() {
        var now = known;
        return now == null ? null : now.text;
    }

    /** 0: the database was not read yet. */
    long number() {
        var now = known;
        return now == null ? 0 : now.number;
    }

    /** Whether the epoch is later than all before. */
    synchronized boolean advance(Epoch epoch) {
        if (epoch.number() <= number()) {
            return false;
        }
        known = new Known(epoch.number(), Long.toString(epoch.number()));
        return true;
    }

    private record Known(long number, String text) {}
}
