package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
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
 *
 * <p>What a turn holds when it fails is decided on in the next one: nothing is lost with a turn.
 */
@Component
class PublishingLoop {

    private static final Logger log = LoggerFactory.getLogger(PublishingLoop.class);
    // A process that was frozen does not send what others may have sent in its place.
    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration REFUSING = Duration.ofSeconds(2);
    private static final Duration ALIVE = Duration.ofSeconds(2);
    private static final Duration TRIM = Duration.ofMillis(100);
    private static final Duration EXCESS_PAUSE = Duration.ofSeconds(5);

    private final Broker broker;
    private final PublishingChannels channels;
    private final FailedSendLoop failedSends;
    private final QueueProbes probes;
    private final PublishingProperties properties;
    private final ApplicationEventPublisher events;

    // by the loop's thread only
    private final Queue<Dispatch> suspects = new ArrayDeque<>();
    private @Nullable Dispatch next; // about to be sent
    private List<Dispatch> held = List.of(); // about to be given back
    private Duration pause = PAUSE;
    private long trimmedAt = System.nanoTime();
    private int announced;

    private volatile boolean running = true;
    private volatile boolean isSending;
    private volatile @Nullable PublishingChannel channel;

    PublishingLoop(
            Broker broker,
            PublishingChannels channels,
            FailedSendLoop failedSends,
            QueueProbes probes,
            PublishingProperties properties,
            ApplicationEventPublisher events) {
        this.broker = broker;
        this.channels = channels;
        this.failedSends = failedSends;
        this.probes = probes;
        this.properties = properties;
        this.events = events;
    }

    /** Whether a delivery that comes now is sent at once. */
    boolean isSending() {
        var open = channel;
        return isSending && open != null && open.isOpen() && !failedSends.isFull();
    }

    void stop() {
        running = false;
    }

    /** Whether there is another turn: not after a stop, when all is sent or given back. */
    boolean goesOn() {
        return running || channel != null || next != null || !held.isEmpty() || !suspects.isEmpty();
    }

    /** One channel, from its opening to the decision on its last send. */
    void turn(WaitingDispatches waiting) {
        if (running && channel == null) {
            sendOverNewChannel(waiting);
        }
        if (settle()) {
            pause = PAUSE;
            return;
        }
        giveBack(waiting);
        if (running) {
            LoopThread.pause(pause);
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
    }

    private void sendOverNewChannel(WaitingDispatches waiting) {
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
        } finally {
            isSending = false;
        }
    }

    /** Has missing queues declared, once per connection: the broker behind it may be a new, empty one. */
    private void announceConnection() {
        var generation = broker.generation();
        if (announced != generation) {
            log.atInfo().log("publishing to the broker");
            // Beside, and not before: declaring many queues, or one that hangs, must not keep messages waiting.
            Thread.ofVirtual().name("broker-reached").start(() -> events.publishEvent(new BrokerReached()));
            announced = generation;
        }
    }

    private void sendSuspects(PublishingChannel open) throws IOException {
        while (open.isOpen() && open.unconfirmed() == 0 && !suspects.isEmpty()) {
            next = suspects.remove(); // only now: those not sent stay in the list
            sendNext(open, next);
            while (open.isOpen() && open.unconfirmed() > 0 && !open.hasWaitedFor(properties.confirmTimeout())) {
                LoopThread.pause(TICK);
            }
        }
    }

    private void send(PublishingChannel open, WaitingDispatches waiting) throws IOException, InterruptedException {
        Predicate<Dispatch> fits = dispatch -> fits(open, dispatch);
        while (open.isOpen() && (running || waiting.size() > 0 || open.unconfirmed() > 0)) {
            trim(open, waiting);
            probes.check();
            if (broker.isBlocked()) {
                giveBack(waiting);
                LoopThread.pause(PAUSE);
            } else if (open.hasWaitedFor(properties.confirmTimeout())) {
                backOff(open);
            } else if (!open.queuesRefusingFor(REFUSING).isEmpty()) {
                retireWhenAllIsAnswered(open);
            } else if (open.isFull()) {
                LoopThread.pause(TICK);
            } else {
                next = waiting.poll(PAUSE, fits);
                if (next != null) {
                    sendInTime(open, next);
                } else if (waiting.size() > 0) {
                    LoopThread.pause(TICK);
                }
            }
        }
    }

    private boolean fits(PublishingChannel open, Dispatch dispatch) {
        return probes.concerns(dispatch.queue()) ? probes.admits(dispatch.queue()) : open.admits(dispatch);
    }

    /** Gives back what waits for a queue that hangs, but for a part of the capacity that it may have. */
    private void trim(PublishingChannel open, WaitingDispatches waiting) {
        if (System.nanoTime() - trimmedAt > TRIM.toNanos()) {
            var mostBytes = properties.capacityBytes().toBytes() / 8;
            held = waiting.removeBeyond(Math.max(64, properties.capacity() / 8), mostBytes, open::isHanging);
            giveBackHeld(EXCESS_PAUSE);
            trimmedAt = System.nanoTime();
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
            LoopThread.pause(TICK);
        }
    }

    private void sendInTime(PublishingChannel open, Dispatch dispatch) throws IOException {
        if (dispatch.claimed().age().compareTo(MAX_AGE) < 0) {
            sendOrProbe(open, dispatch);
        } else {
            failedSends.giveBack(List.of(FailedSend.outOfReach(dispatch)));
            next = null;
        }
    }

    private void sendOrProbe(PublishingChannel open, Dispatch dispatch) throws IOException {
        if (probes.concerns(dispatch.queue())) {
            probes.send(dispatch);
            next = null;
        } else {
            sendNext(open, dispatch);
        }
    }

    private void sendNext(PublishingChannel open, Dispatch dispatch) throws IOException {
        open.send(dispatch);
        next = null; // from here on the channel accounts for it
    }

    /** A queue that hangs may block its channel, and with it the connection: then that is replaced. */
    private void backOff(PublishingChannel open) {
        var queues = open.queuesWaitedFor(properties.confirmTimeout());
        probes.backOff(queues);
        if (open.hasAnsweredWithin(ALIVE)) {
            held = open.giveUp(queues);
            giveBackHeld(Duration.ZERO);
        } else {
            broker.disconnect();
        }
    }

    /**
     * Decides on what a turn has left.
     *
     * @return whether the broker is reachable, and only the channel was closed
     */
    private boolean settle() {
        var isReachable = channel != null && settle(channel);
        probes.settle();
        if (next != null) {
            giveBack(List.of(next));
            next = null;
        }
        giveBackHeld(Duration.ZERO);
        if (!isReachable || !running) {
            giveBack(List.copyOf(suspects));
            suspects.clear();
        }
        return isReachable;
    }

    private boolean settle(PublishingChannel doubted) {
        if (doubted.isRetired()) {
            channel = null;
            return true;
        }
        var abandoned = doubted.abandon();
        var left = abandoned.left();
        if (next != null && left.contains(next)) {
            next = null;
        }
        var refusal = abandoned.refusal();
        if (refusal == null) {
            giveBack(left);
        } else if (left.size() == 1) {
            failedSends.giveBack(List.of(FailedSend.brokerRefused(left.getFirst(), refusal)));
        } else {
            suspects.addAll(left);
        }
        channel = null; // only now: a turn that fails before decides again
        return refusal != null;
    }

    private void giveBack(WaitingDispatches waiting) {
        held = waiting.drain();
        giveBackHeld(Duration.ZERO);
    }

    private void giveBackHeld(Duration pause) {
        if (!held.isEmpty()) {
            failedSends.giveBack(
                    held.stream().map(each -> FailedSend.notBefore(pause, each)).toList());
            held = List.of();
        }
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
}
