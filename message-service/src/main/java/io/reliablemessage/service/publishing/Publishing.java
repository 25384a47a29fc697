package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes committed deliveries and sends them to the broker, without anybody waiting for it.
 *
 * <p>While the broker is away nothing is accepted, so that deliveries wait in the ledger and not in memory.
 */
@Component
public class Publishing implements SmartLifecycle {

    /** After the web server, which still lets calls finish, and before what everything stands on. */
    public static final int PHASE = 0;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final PublishingLoop loop;
    private final WaitingDispatches waiting = new WaitingDispatches();
    private final Broker broker;
    private final PublishingProperties properties;
    private final ApplicationEventPublisher events;
    private volatile @Nullable Thread thread;

    Publishing(
            PublishingLoop loop,
            Broker broker,
            PublishMetrics metrics,
            PublishingProperties properties,
            ApplicationEventPublisher events) {
        this.loop = loop;
        this.broker = broker;
        this.properties = properties;
        this.events = events;
        metrics.watch(waiting::size, this::accepts);
    }

    /** Whether what is claimed now will be sent at once. */
    public boolean accepts() {
        return room() > 0;
    }

    /** How many deliveries can be claimed now. */
    public int room() {
        var sender = thread;
        var isAvailable = sender != null
                && sender.isAlive()
                && loop.isSending()
                && !broker.isBlocked()
                && waiting.bytes() < properties.capacityBytes().toBytes();
        return isAvailable ? Math.max(0, properties.capacity() - waiting.size()) : 0;
    }

    /** Takes deliveries whose sends are committed as claimed. */
    public void publish(List<Dispatch> dispatches) {
        waiting.add(dispatches);
        if (!isRunning()) {
            loop.giveBack(waiting.drain());
        }
    }

    @Override
    public synchronized void start() {
        thread = LoopThread.start("publishing", loop::goesOn, () -> loop.turn(waiting), events);
    }

    /** Sends what it has, if the broker takes it in time. */
    @Override
    public synchronized void stop() {
        loop.stop();
        var sender = thread;
        if (sender != null && !hasEnded(sender)) {
            broker.disconnect();
            sender.interrupt();
            hasEnded(sender);
        }
        thread = null;
        loop.giveBack(waiting.drain());
    }

    private static boolean hasEnded(Thread stopping) {
        try {
            return stopping.join(DRAIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
