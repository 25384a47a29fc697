package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Gives failed sends back to the ledger, outside the threads that noticed it: those are the broker connection's.
 *
 * <p>If the ledger cannot be written, the attempt stays counted and the delivery is sent again on its schedule.
 */
@Component
class FailedSendLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FailedSendLoop.class);
    private static final int BATCH = 500;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration MAX_WRITE = Duration.ofSeconds(5);

    private final FailedSendStore deliveries;
    private final Queues queues;
    private final TransitionMetrics metrics;
    private final BlockingQueue<FailedSend> failed = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private @Nullable Thread thread;

    FailedSendLoop(FailedSendStore deliveries, Queues queues, TransitionMetrics metrics) {
        this.deliveries = deliveries;
        this.queues = queues;
        this.metrics = metrics;
    }

    void giveBack(Collection<FailedSend> more) {
        failed.addAll(more);
    }

    private void run() {
        while (running) {
            try {
                var first = failed.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    writeWithOthers(first);
                }
            } catch (InterruptedException nobodyDoesThat) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException unexpected) {
                // Whatever it is: without this thread no failed send would ever be given back.
                log.atError().setCause(unexpected).log("failed sends could not be given back");
            }
        }
    }

    private void writeWithOthers(FailedSend first) {
        var batch = new ArrayList<>(List.of(first));
        failed.drainTo(batch, BATCH - 1);
        write(batch);
    }

    private void write(List<FailedSend> batch) {
        batch.stream()
                .filter(refused -> refused.refusal() == Refusal.NOT_TAKEN)
                .collect(Collectors.toMap(
                        refused -> refused.dispatch().queue(), Function.identity(), (one, other) -> one))
                .forEach(this::alarm);
        try {
            metrics.count(DeliveryTransition.BURY, deliveries.giveBack(batch));
            batch.forEach(each -> each.dispatch().claimed().settle());
        } catch (DataAccessException unwritten) {
            log.atWarn()
                    .addKeyValue("deliveries", batch.size())
                    .setCause(unwritten)
                    .log("failed sends could not be given back, they are sent again on their schedule");
        }
    }

    /** Warns of refused sends, which are never given up: the topology is wrong, and an operator has to mend it. */
    private void alarm(String queue, FailedSend example) {
        log.atWarn()
                .addKeyValue("queue", queue)
                .addKeyValue("message", example.dispatch().id())
                .addKeyValue("broker", example.error())
                .log("the broker refuses sends to a queue; it is declared again, and the messages are sent again");
        try {
            queues.declare(queue);
        } catch (RuntimeException away) {
            log.atDebug().addKeyValue("queue", queue).setCause(away).log("queue could not be declared again");
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofVirtual().name("failed-sends").start(this::run);
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
