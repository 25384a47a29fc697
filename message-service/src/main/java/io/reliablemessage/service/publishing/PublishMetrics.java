package io.reliablemessage.service.publishing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.model.ActivityCounters;
import io.reliablemessage.service.model.Dispatch;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/** Counts sends: {@code reliable.message.publishes}, by {@code outcome}. */
@Component
class PublishMetrics {

    enum Outcome {
        CONFIRMED,
        UNROUTABLE,
        NACKED,
        CHANNEL_CLOSED,
        UNREACHABLE
    }

    private final MeterRegistry meters;
    private final ActivityCounters activity;

    PublishMetrics(MeterRegistry meters, ActivityCounters activity) {
        this.meters = meters;
        this.activity = activity;
        for (var outcome : Outcome.values()) {
            counter(outcome);
        }
    }

    void count(Outcome outcome, int count) {
        counter(outcome).increment(count);
    }

    void confirmed(Dispatch dispatch) {
        count(Outcome.CONFIRMED, 1);
        activity.sent(dispatch);
    }

    void watch(IntSupplier waiting, BooleanSupplier accepting) {
        Gauge.builder("reliable.message.publishing.waiting", waiting::getAsInt)
                .description("Deliveries in memory that wait for the broker")
                .register(meters);
        Gauge.builder("reliable.message.publishing.accepting", () -> accepting.getAsBoolean() ? 1 : 0)
                .description(
                        "0 while deliveries stay in the ledger: the broker is away or blocks, or too much waits for it")
                .register(meters);
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("reliable.message.publishes")
                .description("Sends to the broker, by outcome")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
