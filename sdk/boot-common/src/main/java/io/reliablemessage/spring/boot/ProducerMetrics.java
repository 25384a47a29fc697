package io.reliablemessage.spring.boot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.spring.ProducerListener;
import java.util.EnumMap;
import java.util.Map;

/** Counters of the producer, all there from the start. */
final class ProducerMetrics implements ProducerListener {

    private static final String MESSAGES = "reliable.message.producer.messages";

    private final Counter settled;
    private final Counter refused;
    private final Counter postponed;
    private final Counter cancelled;
    private final Counter restored;
    private final Map<CheckbackDecision, Counter> checked = new EnumMap<>(CheckbackDecision.class);
    private final Counter unavailable;

    ProducerMetrics(MeterRegistry registry) {
        settled = messages(registry, "settled");
        refused = messages(registry, "refused");
        postponed = messages(registry, "postponed");
        cancelled = messages(registry, "cancelled");
        restored = messages(registry, "restored");
        for (var decision : CheckbackDecision.values()) {
            checked.put(
                    decision,
                    Counter.builder("reliable.message.producer.checks")
                            .description("Messages that the service asked about, by the answer")
                            .tag("decision", decision.name())
                            .register(registry));
        }
        unavailable = Counter.builder("reliable.message.producer.store.failures")
                .description("Times that a database with the tables did not answer in the background")
                .register(registry);
    }

    @Override
    public void settled(int messages) {
        settled.increment(messages);
    }

    @Override
    public void refused(String id, String reason) {
        refused.increment();
    }

    @Override
    public void postponed(int messages, Exception cause) {
        postponed.increment(messages);
    }

    @Override
    public void cancelled(int messages) {
        cancelled.increment(messages);
    }

    @Override
    public void checked(String id, CheckbackDecision decision, String reason) {
        var counter = checked.get(decision);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void storeUnavailable(String store, Exception cause) {
        unavailable.increment();
    }

    @Override
    public void restored(String epoch, int messages, int withoutPayload) {
        restored.increment(messages);
    }

    private static Counter messages(MeterRegistry registry, String outcome) {
        return Counter.builder(MESSAGES)
                .description("Messages by what happened to them after their transaction")
                .tag("outcome", outcome)
                .register(registry);
    }
}
