package io.reliablemessage.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.adminapi.jobs.RedeliveryReport;
import io.reliablemessage.worker.ServiceCallException;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts calls by outcome, and the deliveries that the service reports. */
@Component
class RedeliveryMetrics {

    private enum Outcome {
        ANSWERED,
        BROKER_UNAVAILABLE,
        /** The outcome is unknown. */
        UNAVAILABLE,
        /** The service refused it: most likely a wrong key. */
        REFUSED,
        /** A mistake in this program. */
        BROKEN
    }

    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter buried;
    private final Counter postponed;

    RedeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        // All at once, so that a rate over an outcome starts from 0 and not from its first increment.
        for (var outcome : Outcome.values()) {
            calls(outcome);
        }
        sent = Counter.builder("reliable.message.recovery.sent")
                .description("Deliveries the service reported as sent again")
                .register(registry);
        buried = Counter.builder("reliable.message.recovery.buried")
                .description("Deliveries the service reported as given up")
                .register(registry);
        postponed = Counter.builder("reliable.message.recovery.postponed")
                .description("Deliveries the service reported as postponed, because they still wait in their queue")
                .register(registry);
    }

    void answered(RedeliveryReport report) {
        calls(report.brokerAvailable() ? Outcome.ANSWERED : Outcome.BROKER_UNAVAILABLE)
                .increment();
        sent.increment(report.sent());
        buried.increment(report.buried());
        postponed.increment(report.postponed());
    }

    void failed(Throwable failure) {
        calls(outcomeOf(failure)).increment();
    }

    private static Outcome outcomeOf(Throwable failure) {
        if (failure instanceof ServiceCallException call) {
            return call.isRefusal() ? Outcome.REFUSED : Outcome.UNAVAILABLE;
        }
        return Outcome.BROKEN;
    }

    private Counter calls(Outcome outcome) {
        return Counter.builder("reliable.message.recovery.calls")
                .description("Calls of the redelivery command by outcome")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
