package io.reliablemessage.service.publishing;

import io.reliablemessage.service.message.DeliveryTransition;
import io.reliablemessage.service.message.DueStore;
import io.reliablemessage.service.message.DueStore.Unsent;
import io.reliablemessage.service.message.DueStore.Unsent.Refusal;
import io.reliablemessage.service.message.TransitionMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Gives sends back that did not happen, away from the threads that noticed it: those are the broker connection's own.
 *
 * <p>If the ledger does not take it, the attempt stays counted and the delivery comes back on its schedule.
 */
@Component
class UnsentLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UnsentLoop.class);
    private static final int BATCH = 500;

    private final DueStore deliveries;
    private final Queues queues;
    private final TransitionMetrics metrics;
    private final BlockingQueue<Unsent> unsent = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;

    UnsentLoop(DueStore deliveries, Queues queues, TransitionMetrics metrics) {
        this.deliveries = deliveries;
        this.queues = queues;
        this.metrics = metrics;
    }

    void giveBack(Collection<Unsent> more) {
        unsent.addAll(more);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var batch = new ArrayList<>(List.of(unsent.take()));
                unsent.drainTo(batch, BATCH - 1);
                write(batch);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(List<Unsent> batch) {
        batch.stream()
                .filter(refused -> refused.refusal() == Refusal.NOT_TAKEN)
                .collect(Collectors.toMap(
                        refused -> refused.dispatch().queue(), Function.identity(), (one, other) -> one))
                .forEach(this::alarm);
        try {
            metrics.count(DeliveryTransition.BURY, deliveries.giveBack(batch));
        } catch (DataAccessException failed) {
            log.atWarn()
                    .addKeyValue("deliveries", batch.size())
                    .setCause(failed)
                    .log("unsent deliveries could not be given back, they come back on their schedule");
        }
    }

    /** What the broker will not take is never buried for it: the topology is wrong, and somebody has to mend it. */
    private void alarm(String queue, Unsent example) {
        log.atWarn()
                .addKeyValue("queue", queue)
                .addKeyValue("message", example.dispatch().id())
                .addKeyValue("broker", example.error())
                .log(
                        "the broker does not take what goes to a queue; it is declared again, and the messages are sent again");
        try {
            queues.declare(queue);
        } catch (Queues.BrokerUnavailable away) {
            log.atDebug().addKeyValue("queue", queue).setCause(away).log("queue could not be declared again");
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("unsent").start(this::run);
    }

    @Override
    public void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
        var rest = new ArrayList<Unsent>();
        unsent.drainTo(rest);
        if (!rest.isEmpty()) {
            write(rest);
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Stops after {@link Publishing}, which still has things to give back when it stops. */
    @Override
    public int getPhase() {
        return Publishing.PHASE - 1;
    }
}
