package io.reliablemessage.service.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HourlyTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // nanoTime may overflow at any time
    private final AtomicInteger done = new AtomicInteger();
    private final Hourly hourly = new Hourly(now::get);

    @Test
    void aChoreIsDoneAtOnceAndThenEveryHour() {
        hourly.run(done::incrementAndGet);
        assertThat(done).hasValue(1);

        passes(Duration.ofMinutes(59));
        hourly.run(done::incrementAndGet);
        assertThat(done).hasValue(1);

        passes(Duration.ofMinutes(1));
        hourly.run(done::incrementAndGet);
        assertThat(done).hasValue(2);
    }

    @Test
    void aChoreThatFailedIsDueUntilItSucceeds() {
        Runnable failing = () -> {
            throw new IllegalStateException("the ledger is away");
        };
        assertThatThrownBy(() -> hourly.run(failing)).hasMessage("the ledger is away");
        passes(Duration.ofMinutes(1));
        assertThatThrownBy(() -> hourly.run(failing)).hasMessage("the ledger is away");

        passes(Duration.ofMinutes(1));
        hourly.run(done::incrementAndGet);

        assertThat(done).hasValue(1);
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
