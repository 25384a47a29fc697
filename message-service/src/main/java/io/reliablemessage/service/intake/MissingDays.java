package io.reliablemessage.service.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Refuses messages whose day has no partition, and stores the others of their batch. */
@Component
class MissingDays {

    private static final Logger log = LoggerFactory.getLogger(MissingDays.class);
    private static final Duration BETWEEN_ALARMS = Duration.ofMinutes(1);

    private final PrepareStore messages;
    private final Counter refused;
    private final AtomicLong nextAlarm = new AtomicLong(System.nanoTime());

    MissingDays(PrepareStore messages, MeterRegistry meters) {
        this.messages = messages;
        this.refused = Counter.builder("reliable.message.ledger.missing.partition")
                .description("Messages refused because the ledger has no partition for today or a later day")
                .register(meters);
    }

    /**
     * @param message what a request stores
     * @param answer the result of a refused request
     */
    <Q, R> GroupCommit.Writer<Q, R> refusedBy(
            GroupCommit.Writer<Q, R> writer, Function<Q, HalfMessage> message, Function<PrepareResult, R> answer) {
        return new GroupCommit.Writer<>() {
            @Override
            public List<@Nullable R> write(List<Q> requests) {
                try {
                    return writer.write(requests);
                } catch (DataIntegrityViolationException failed) {
                    if (!SqlState.isNoPartition(failed)) {
                        throw failed;
                    }
                    return others(requests, failed);
                }
            }

            private List<@Nullable R> others(List<Q> requests, DataIntegrityViolationException failed) {
                var refusals =
                        messages.withoutDay(requests.stream().map(message).toList());
                if (refusals.isEmpty()) {
                    throw failed;
                }
                var others = new ArrayList<Q>();
                for (var i = 0; i < requests.size(); i++) {
                    if (!refusals.containsKey(i)) {
                        others.add(requests.get(i));
                    }
                }
                var written = (others.isEmpty() ? List.<@Nullable R>of() : writer.write(others)).iterator();
                var results = new ArrayList<@Nullable R>();
                for (var i = 0; i < requests.size(); i++) {
                    var refusal = refusals.get(i);
                    results.add(refusal == null ? written.next() : answer.apply(refusal));
                }
                alarm(refusals.values().stream().filter(MissingDays::isOurs).count());
                return results;
            }

            @Override
            public void committed(Q request, R result) {
                writer.committed(request, result);
            }
        };
    }

    private static boolean isOurs(PrepareResult refusal) {
        return refusal instanceof PrepareResult.Refused(var reason, var now)
                && reason == PrepareResult.Reason.DAY_MISSING;
    }

    private void alarm(long messages) {
        var now = System.nanoTime();
        var next = nextAlarm.get();
        if (messages == 0) {
            return;
        }
        AfterCommit.run(() -> refused.increment(messages));
        if (now - next >= 0 && nextAlarm.compareAndSet(next, now + BETWEEN_ALARMS.toNanos())) {
            log.atError()
                    .addKeyValue("messages", messages)
                    .log("the ledger has no partition for today or a later day, messages are refused with 503");
        }
    }
}
