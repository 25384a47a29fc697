package io.reliablemessage.service.acknowledgement;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reliablemessage.service.model.ActivityCounters;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Settles deliveries by group commit, and counts and logs acks of messages that were never sent. */
@Component
class Acknowledgements {

    private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);
    private static final Duration MAX_LATENCY = Duration.ofHours(2); // with a redelivery after an hour

    private final AcknowledgementStore deliveries;
    private final TransitionMetrics metrics;
    private final Counter neverSent;
    private final Timer latency;
    private final ActivityCounters counters;
    private final GroupCommit<AckCommand, AckResult> receipts;

    Acknowledgements(
            AcknowledgementStore deliveries,
            TransitionMetrics metrics,
            ActivityCounters counters,
            MeterRegistry meters,
            GroupCommits groupCommits) {
        this.counters = counters;
        this.deliveries = deliveries;
        this.metrics = metrics;
        this.neverSent = Counter.builder("reliable.message.unexpected.acks")
                .description(
                        "Acks and rejects of messages that are pending or cancelled: a bug somewhere, or a forged id")
                .register(meters);
        this.latency = Timer.builder("reliable.message.delivery.latency")
                .description("Time from when a message could be delivered to its consumer's ack or reject")
                .publishPercentileHistogram()
                .maximumExpectedValue(MAX_LATENCY)
                .register(meters);
        this.receipts = groupCommits.open("ack", receipt -> 0, AckRow::of, new Writer());
    }

    GroupCommit<AckCommand, AckResult> receipts() {
        return receipts;
    }

    /** Statements that commit by themselves: what one of them settled stays settled, whatever happens to the next. */
    private final class Writer implements GroupCommit.Writer<AckCommand, AckResult> {

        @Override
        public List<@Nullable AckResult> write(List<AckCommand> requests) {
            return deliveries.settle(requests);
        }

        @Override
        public void committed(AckCommand request, AckResult result) {
            observe(request, result);
        }
    }

    private void observe(AckCommand request, AckResult receipt) {
        switch (receipt) {
            case AckResult.Applied applied -> {
                metrics.count(request.transition(), 1);
                latency.record(applied.taken());
                counters.answeredAfter(applied.taken());
            }
            case AckResult.NeverSent alarming -> {
                neverSent.increment();
                log.atWarn()
                        .addKeyValue("message", alarming.id())
                        .addKeyValue("state", alarming.actual())
                        .addKeyValue("application", request.application())
                        .log("a consumer answered a message that was never sent");
            }
            default -> {}
        }
    }

    /** What an ack locks; another subscription's delivery of the message is another row. */
    private record AckRow(MessageId id, @Nullable String subscription) {
        static AckRow of(AckCommand request) {
            return new AckRow(request.id(), request.subscription());
        }
    }
}
