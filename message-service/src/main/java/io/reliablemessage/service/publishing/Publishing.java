package io.reliablemessage.service.publishing;

import io.reliablemessage.service.message.Dispatch;
import io.reliablemessage.service.message.DueStore.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends committed deliveries to the broker, from one thread over one channel of its own, without waiting for confirms.
 *
 * <p>While the broker is away nothing is accepted, so that deliveries wait in the ledger and not in memory.
 */
@Component
public class Publishing implements SmartLifecycle {

    /** After the web server, which still lets calls finish, and before what everything stands on. */
    static final int PHASE = 0;

    private static final Logger log = LoggerFactory.getLogger(Publishing.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final BrokerConnection broker;
    private final UnsentLoop unsentLoop;
    private final PublishMetrics metrics;
    private final PublishingProperties properties;
    private final ApplicationEventPublisher events;
    private final BlockingQueue<Dispatch> waiting = new LinkedBlockingQueue<>();

    private volatile boolean running;
    private volatile @Nullable PublishingChannel channel;
    private @Nullable Thread thread;

    Publishing(
            BrokerConnection broker,
            UnsentLoop unsentLoop,
            PublishMetrics metrics,
            PublishingProperties properties,
            ApplicationEventPublisher events) {
        this.broker = broker;
        this.unsentLoop = unsentLoop;
        this.metrics = metrics;
        this.properties = properties;
        this.events = events;
        metrics.watchWaiting(waiting::size);
    }

    /** Whether what is claimed now will be sent at once. */
    public boolean accepts() {
        return room() > 0;
    }

    /** How many deliveries can be claimed now. */
    public int room() {
        var open = channel;
        var isAvailable = running && open != null && open.isOpen() && !broker.isBlocked();
        return isAvailable ? Math.max(0, properties.capacity() - waiting.size()) : 0;
    }

    /** Takes deliveries whose sends are committed as claimed. */
    public void publish(List<Dispatch> dispatches) {
        waiting.addAll(dispatches);
        if (!running) {
            giveBackWaiting();
        }
    }

    private void run() {
        var pause = PAUSE;
        while (running) {
            try {
                channel = open();
                log.atInfo().log("publishing to the broker");
                events.publishEvent(new BrokerReached());
                pause = PAUSE;
                sendUntilDoubt(channel);
            } catch (Exception doubt) {
                logDoubt(doubt);
            }
            abandonChannel();
            giveBackWaiting();
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private PublishingChannel open() throws Exception {
        return new PublishingChannel(broker.newChannel(), metrics, unsentLoop::giveBack);
    }

    private void sendUntilDoubt(PublishingChannel open) throws Exception {
        while (open.isOpen() && (running || isBusy(open))) {
            if (open.hasWaitedFor(properties.confirmTimeout())) {
                broker.drop();
                return;
            }
            if (broker.isBlocked()) {
                giveBackWaiting();
                pause(PAUSE);
            } else if (open.unconfirmed() >= properties.unconfirmed()) {
                pause(Duration.ofMillis(1));
            } else {
                var next = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    open.send(next); // in doubt from here on: if this fails, the channel gives it back
                }
            }
        }
    }

    private boolean isBusy(PublishingChannel open) {
        return !waiting.isEmpty() || open.unconfirmed() > 0;
    }

    private void abandonChannel() {
        var abandoned = channel;
        channel = null;
        if (abandoned != null) {
            unsentLoop.giveBack(abandoned.abandon());
        }
    }

    private void giveBackWaiting() {
        var unsent = new ArrayList<Dispatch>();
        waiting.drainTo(unsent);
        unsentLoop.giveBack(
                unsent.stream().map(dispatch -> new Unsent(dispatch, null)).toList());
    }

    private void logDoubt(Exception doubt) {
        if (doubt instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else if (channel != null || log.isDebugEnabled()) {
            log.atWarn().setCause(doubt).log("the broker is away, deliveries wait in the ledger");
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("publishing").daemon().start(this::run);
    }

    /** Sends what it has, if the broker takes it in time. */
    @Override
    public void stop() {
        running = false;
        var stopping = thread;
        thread = null;
        if (stopping != null) {
            try {
                if (!stopping.join(DRAIN)) {
                    broker.drop();
                    stopping.interrupt();
                    stopping.join(DRAIN);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        giveBackWaiting();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
