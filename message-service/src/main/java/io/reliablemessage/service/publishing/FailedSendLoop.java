package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Gives failed sends back to the ledger, outside the threads that noticed it: those are the broker connection's.
 *
 * <p>If the ledger cannot be written, it is tried again. While as much waits here as may wait for the broker, publishing
 * accepts nothing: that bounds both.
 */
@Component
class FailedSendLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FailedSendLoop.class);
    private static final int BATCH = 500;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration MAX_WRITE = Duration.ofSeconds(5);

    private final FailedSendStore deliveries;
    private final QueueDeclarations queues;
    private final TransitionMetrics metrics;
    private final PublishingProperties properties;
    private final ApplicationEventPublisher events;
    private final BlockingQueue<FailedSend> failed = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean running;
    private @Nullable Thread thread;

    FailedSendLoop(
            FailedSendStore deliveries,
            QueueDeclarations queues,
            TransitionMetrics metrics,
            PublishingProperties properties,
            ApplicationEventPublisher events) {
        this.deliveries = deliveries;
        this.queues = queues;
        this.metrics = metrics;
        this.properties = properties;
        this.events = events;
    }

    /** Never waits and never refuses: the caller may be the connection's thread. */
    void giveBack(Collection<FailedSend> more) {
        more.forEach(each -> bytes.addAndGet(each.dispatch().content().bytes()));
        failed.addAll(more);
    }

    /** Whether nothing more should be sent that may fail, until some of this is written. */
    boolean isFull() {
        return failed.size() >= properties.capacity()
                || bytes.get() >= properties.capacityBytes().toBytes();
    }

    private void turn() throws InterruptedException {
        var first = failed.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            writeWithOthers(first);
        }
    }

    private void writeWithOthers(FailedSend first) {
        var batch = new ArrayList<>(List.of(first));
        failed.drainTo(batch, BATCH - 1);
        try {
            write(batch);
        } catch (Error error) { // of this process, not of these sends
            giveBack(batch);
            throw error;
        } finally {
            batch.forEach(each -> bytes.addAndGet(-each.dispatch().content().bytes()));
        }
    }

    /** First the ledger, then the broker: a queue that cannot be declared now must not hold up what is written. */
    private void write(List<FailedSend> batch) {
        try {
            metrics.count(DeliveryTransition.BURY, deliveries.giveBack(batch));
            batch.forEach(each -> each.dispatch().claimed().settle());
        } catch (DataAccessException unwritten) {
            keep(batch, unwritten);
            return;
        }
        batch.stream()
                .filter(refused -> refused.refusal() == Refusal.NOT_TAKEN)
                .collect(Collectors.toMap(
                        refused -> refused.dispatch().queue(), Function.identity(), (one, other) -> one))
                .forEach(this::declareAgain);
    }

    /** Until it is written an attempt is counted that was not made; unless it cannot be, or there is no time left. */
    private void keep(List<FailedSend> batch, DataAccessException unwritten) {
        var isKept = running && !SqlState.of(unwritten).blamesARequest();
        log.atWarn()
                .addKeyValue("deliveries", batch.size())
                .setCause(unwritten)
                .log(
                        isKept
                                ? "failed sends could not be given back, tried again in a second"
                                : "failed sends could not be given back, they are sent again on their schedule");
        if (isKept) {
            giveBack(batch);
            LoopThread.pause(AFTER_FAILURE);
        }
    }

    /** Warns of refused sends, which are never given up: the topology is wrong, and an operator has to mend it. */
    private void declareAgain(String queue, FailedSend example) {
        if (queues.start(queue)) {
            log.atWarn()
                    .addKeyValue("queue", queue)
                    .addKeyValue("message", example.dispatch().id())
                    .addKeyValue("broker", example.error())
                    .log("the broker refuses sends to a queue; it is declared again, and the messages are sent again");
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = LoopThread.start("failed-sends", () -> running, this::turn, events);
    }

    @Override
    public synchronized void stop() {
        running = false; // not by an interrupt, which would end a write that is under way
        try {
            if (thread != null && !thread.join(MAX_WRITE)) {
                log.atWarn().log("giving back took too long, deliveries are sent again on their schedule");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread = null;
        for (var next = failed.poll(); next != null; next = failed.poll()) {
            writeWithOthers(next);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after {@link Publishing}, which still has things to give back when it stops. */
    @Override
    public int getPhase() {
        return Publishing.PHASE - 1;
    }
}
