package io.reliablemessage.service.checkback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.api.CheckbackDecision;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Counts the results of check-backs: {@code reliable.message.checkback.answers}, by {@code answer}, and failed and late
 * ones.
 */
@Component
class CheckbackMetrics {

    private final Map<CheckbackDecision, Counter> answers = new EnumMap<>(CheckbackDecision.class);
    private final Map<CheckbackDecision, Counter> probes = new EnumMap<>(CheckbackDecision.class);
    private final Counter failures;
    private final Counter late;
    private final Counter foreign;
    private final Counter unproven;

    CheckbackMetrics(MeterRegistry meters) {
        for (var decision : CheckbackDecision.values()) {
            var answer = decision.name().toLowerCase(Locale.ROOT);
            answers.put(
                    decision,
                    Counter.builder("reliable.message.checkback.answers")
                            .description("Answers of producers about half messages")
                            .tag("answer", answer)
                            .register(meters));
            probes.put(
                    decision,
                    Counter.builder("reliable.message.checkback.probes")
                            .description("Answers about messages that do not exist; rightly, unknown")
                            .tag("answer", answer)
                            .register(meters));
        }
        failures = Counter.builder("reliable.message.checkback.failures")
                .description("Check-backs without any answer")
                .register(meters);
        late = Counter.builder("reliable.message.checkback.late")
                .description("Reports after the end of their lease, or repeated")
                .register(meters);
        foreign = Counter.builder("reliable.message.checkback.foreign")
                .description("Answers ROLLED_BACK from another store than the message's own, which are not believed")
                .register(meters);
        unproven = Counter.builder("reliable.message.checkback.unproven")
                .description("Answers that their application's secret has not signed, which are not believed")
                .register(meters);
    }

    void probed(CheckbackDecision answer) {
        Objects.requireNonNull(probes.get(answer)).increment();
    }

    void unproven() {
        unproven.increment();
    }

    void answered(Answers given, boolean isLate) {
        given.decisions()
                .values()
                .forEach(decision ->
                        Objects.requireNonNull(answers.get(decision)).increment());
        foreign.increment(given.disbelieved().size());
        if (given.isFailure()) {
            failures.increment();
        }
        if (isLate) {
            late.increment();
        }
    }
}
