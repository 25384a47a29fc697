package io.reliablemessage.service.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.platform.database.AfterCommit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Counts steps taken, after their commit, so that no failure of it undoes their answers:
 * {@code reliable.message.transitions}, by {@code transition}.
 */
@Component
public class TransitionMetrics {

    private final Counter prepared;
    private final Map<MessageTransition, Counter> ofMessages;
    private final Map<DeliveryTransition, Counter> ofDeliveries;
    private final ActivityCounters counters;

    TransitionMetrics(MeterRegistry meters, ActivityCounters counters) {
        this.counters = counters;
        this.prepared = counter(meters, "PREPARE");
        this.ofMessages = counters(MessageTransition.class, meters);
        this.ofDeliveries = counters(DeliveryTransition.class, meters);
    }

    public void prepared(int count) {
        AfterCommit.run(() -> {
            prepared.increment(count);
            counters.add(ActivityCounters.Step.PREPARED, count);
        });
    }

    public void count(MessageTransition transition, int count) {
        AfterCommit.run(() -> {
            get(ofMessages, transition).increment(count);
            counters.add(
                    switch (transition) {
                        case CONFIRM -> ActivityCounters.Step.CONFIRMED;
                        case CANCEL -> ActivityCounters.Step.CANCELLED;
                    },
                    count);
        });
    }

    public void count(DeliveryTransition transition, int count) {
        AfterCommit.run(() -> {
            get(ofDeliveries, transition).increment(count);
            countActivity(transition, count);
        });
    }

    private void countActivity(DeliveryTransition transition, int count) {
        switch (transition) {
            case ACK -> counters.add(ActivityCounters.Step.CONSUMED, count);
            case REJECT -> counters.add(ActivityCounters.Step.REJECTED, count);
            case BURY -> counters.add(ActivityCounters.Step.DEAD, count);
            case REVIVE, DISCARD -> {} // operators' actions are in the audit
        }
    }

    private static <T> Counter get(Map<T, Counter> counters, T transition) {
        return java.util.Objects.requireNonNull(counters.get(transition));
    }

    private static <T extends Enum<T>> Map<T, Counter> counters(Class<T> type, MeterRegistry meters) {
        return Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        t -> t, t -> counter(meters, t.name()), (a, b) -> a, () -> new EnumMap<>(type)));
    }

    private static Counter counter(MeterRegistry meters, String transition) {
        return Counter.builder("reliable.message.transitions")
                .description("Steps that messages and deliveries have taken")
                .tag("transition", transition)
                .register(meters);
    }
}
