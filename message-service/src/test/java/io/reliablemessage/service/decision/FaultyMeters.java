package io.reliablemessage.service.decision;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;

/** Meters of ours that fail when they are used, if armed. Not a configuration, so that no scan finds it. */
public class FaultyMeters {

    private static final List<String> FAULTY = List.of(
            "reliable.message.transitions", "reliable.message.group.commit", "reliable.message.delivery.latency");

    static final AtomicInteger failures = new AtomicInteger();
    static final AtomicBoolean armed = new AtomicBoolean();

    @Bean
    MeterRegistry failing() {
        return new SimpleMeterRegistry(SimpleConfig.DEFAULT, Clock.SYSTEM) {
            @Override
            protected Counter newCounter(Meter.Id id) {
                return new CumulativeCounter(id) {
                    @Override
                    public void increment(double amount) {
                        fail(id);
                        super.increment(amount);
                    }
                };
            }

            @Override
            protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
                return new CumulativeTimer(id, clock, config, pauses, getBaseTimeUnit(), false) {
                    @Override
                    protected void recordNonNegative(long amount, TimeUnit unit) {
                        fail(id);
                        super.recordNonNegative(amount, unit);
                    }
                };
            }
        };
    }

    private static void fail(Meter.Id id) {
        if (armed.get() && FAULTY.stream().anyMatch(id.getName()::startsWith)) {
            failures.incrementAndGet();
            throw new IllegalStateException(id.getName());
        }
    }
}
