package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Sends over one channel until there is a doubt about it, then over the next. Confirms are not waited for.
 *
 * <p>The broker may close a channel because of one message, and the confirms of the others are lost with it. The
 * broker does not say which message it was, so they are sent again one at a time: the one that is alone on a channel
 * when it closes is the cause.
 */
@Component
class PublishingLoop {

    private static final Logger log = LoggerFactory.getLogger(PublishingLoop.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration BACK_OFF = Duration.ofSeconds(30);
    private static final Duration REFUSING = Duration.ofSeconds(2);

    private final Broker broker;
    private final PublishingChannels channels;
    private final FailedSendLoop failedSends;
    private final PublishMetrics metrics;
    private final PublishingProperties properties;
    private final ApplicationEventPublisher events;

    private final Queue<Dispatch> suspects = new ArrayDeque<>(); // by the loop's thread only
    private final Map<String, Long> backedOff =
            new HashMap<>(); // by the loop's thread only; until when, by System.nanoTime
    private volatile boolean running = true;
    private volatile boolean isSending;
    private volatile @Nullable PublishingChannel channel;
    private int announced;

    PublishingLoop(
            Broker broker,
            PublishingChannels channels,
            FailedSendLoop failedSends,
            PublishMetrics metrics,
            PublishingProperties properties,
            ApplicationEventPublisher events) {
        this.broker = broker;
        this.channels = channels;
        this.failedSends = failedSends;
        this.metrics = metrics;
        this.properties = properties;
        this.events = events;
    }

    /** Whether a delivery that comes now is sent at once. */
    boolean isSending() {
        var open = channel;
        return isSending && open != null && open.isOpen();
    }

    void stop() {
        running = false;
    }

    void run(WaitingDispatches waiting) {
        var pause = PAUSE;
        while (running) {
            try {
                var open = channels.open();
                channel = open;
                announceConnection();
                pause = PAUSE;
                sendSuspects(open);
                isSending = suspects.isEmpty() && open.isOpen();
                send(open, waiting);
            } catch (IOException | InterruptedException | RuntimeException doubt) {
                log(doubt);
            }
            isSending = false;
            if (!settle(channel)) {
                giveBack(waiting.drain());
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
            }
        }
        giveBack(List.copyOf(suspects));
    }

    /** Has missing queues declared, once per connection: the broker behind it may be a new, empty one. */
    private void announceConnection() {
        if (announced != broker.generation()) {
            announced = broker.generation();
            log.atInfo().log("publishing to the broker");
            // Beside, and not before: declaring many queues, or one that hangs, must not keep messages waiting.
            Thread.ofVirtual().name("broker-reached").start(() -> events.publishEvent(new BrokerReached()));
        }
    }

    private void sendSuspects(PublishingChannel open) throws IOException {
        while (open.isOpen() && open.unconfirmed() == 0 && !suspects.isEmpty()) {
            open.send(suspects.remove()); // only now: those not sent stay in the list
            while (open.isOpen() && open.unconfirmed() > 0 && !open.hasWaitedFor(properties.confirmTimeout())) {
                pause(TICK);
            }
        }
    }

    private void send(PublishingChannel open, WaitingDispatches waiting) throws IOException, InterruptedException {
        while (open.isOpen() && (running || waiting.size() > 0 || open.unconfirmed() > 0)) {
            if (broker.isBlocked()) {
                giveBack(waiting.drain());
                pause(PAUSE);
            } else if (open.hasWaitedFor(properties.confirmTimeout())) {
                backOff(open.queuesWaitedFor(properties.confirmTimeout()));
                broker.disconnect();
            } else if (!open.queuesRefusingFor(REFUSING).isEmpty()) {
                retireWhenAllIsAnswered(open);
            } else if (open.unconfirmed() >= properties.unconfirmed()
                    || open.unconfirmedBytes() >= properties.unconfirmedBytes().toBytes()) {
                pause(TICK);
            } else {
                var next = waiting.poll(PAUSE);
                if (next != null) {
                    sendUnlessBackedOff(open, next);
                }
            }
        }
    }

    /**
     * RabbitMQ may look for a queue's leader on a node that is gone, for as long as the channel lives that was
     * opened then, and nack everything; a new channel looks again.
     */
    private static void retireWhenAllIsAnswered(PublishingChannel open) {
        if (open.unconfirmed() == 0) {
            log.atInfo()
                    .addKeyValue("queues", open.queuesRefusingFor(REFUSING))
                    .log("the broker refuses all sends to these queues, the channel is replaced");
            open.retire();
        } else {
            pause(TICK);
        }
    }

    private void sendUnlessBackedOff(PublishingChannel open, Dispatch next) throws IOException {
        var until = backedOff.get(next.queue());
        if (until != null && until - System.nanoTime() > 0) {
            failedSends.giveBack(List.of(FailedSend.notBefore(Duration.ofNanos(until - System.nanoTime()), next)));
        } else {
            backedOff.remove(next.queue());
            open.send(next); // from here on the channel accounts for it
        }
    }

    /** Sends nothing to these queues for a while: one that hangs (a quorum queue without a leader) blocks its channel. */
    private void backOff(Set<String> queues) {
        log.atWarn()
                .addKeyValue("queues", queues)
                .addKeyValue("backOff", BACK_OFF)
                .log("the broker confirms no send to these queues, they are backed off");
        queues.forEach(queue -> backedOff.put(queue, System.nanoTime() + BACK_OFF.toNanos()));
    }

    /**
     * Decides on the unconfirmed sends of a channel.
     *
     * @return whether the broker is reachable, and only the channel was closed
     */
    private boolean settle(@Nullable PublishingChannel doubted) {
        channel = null;
        if (doubted == null) {
            giveBackSuspects();
            return false;
        }
        if (doubted.isRetired()) {
            return true;
        }
        var abandoned = doubted.abandon();
        var left = abandoned.left();
        var refusal = abandoned.refusal();
        if (refusal == null) {
            metrics.count(PublishMetrics.Outcome.UNREACHABLE, left.size());
            giveBack(left);
            giveBackSuspects();
            return false;
        }
        if (left.size() == 1) {
            metrics.count(PublishMetrics.Outcome.CHANNEL_CLOSED, 1);
            failedSends.giveBack(List.of(FailedSend.brokerRefused(left.getFirst(), refusal)));
        } else {
            suspects.addAll(left);
        }
        return true;
    }

    private void giveBackSuspects() {
        giveBack(List.copyOf(suspects));
        suspects.clear();
    }

    void giveBack(List<Dispatch> dispatches) {
        failedSends.giveBack(dispatches.stream().map(FailedSend::outOfReach).toList());
    }

    private void log(Exception doubt) {
        if (doubt instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else if (channel != null) {
            log.atWarn().setCause(doubt).log("the broker went away, deliveries wait in the ledger");
        } else {
            log.atDebug().setCause(doubt).log("the broker is away");
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
