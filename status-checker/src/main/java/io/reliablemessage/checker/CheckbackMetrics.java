package io.reliablemessage.checker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.adminapi.jobs.CheckbackFailure;
import io.reliablemessage.adminapi.jobs.CheckbackReport;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts check-backs by outcome, and those that could not be reported. */
@Component
class CheckbackMetrics {

    private static final String ANSWERED = "answered";

    private final MeterRegistry registry;
    private final Counter unreported;

    CheckbackMetrics(MeterRegistry registry) {
        this.registry = registry;
        // All at once, so that a rate over an outcome starts from 0 and not from its first increment.
        asks(ANSWERED);
        for (var failure : CheckbackFailure.values()) {
            asks(failure.name());
        }
        unreported = Counter.builder("reliable.message.checker.unreported")
                .description("Check-backs whose outcome could not be reported to the message service")
                .register(registry);
    }

    void asked(CheckbackReport report) {
        asks(report.failure() == null ? ANSWERED : report.failure().name()).increment();
    }

    void unreported() {
        unreported.increment();
    }

    private Counter asks(String outcome) {
        return Counter.builder("reliable.message.checker.asks")
                .description("Check-backs by outcome; the service decides what an answer means")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
