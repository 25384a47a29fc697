package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Queues that hang get no sends for half a minute; then one at a time, until the broker answers one. By the publishing
 * loop's thread only.
 *
 * <p>Over a channel of their own: at the first send of a channel to a quorum queue, RabbitMQ waits for that queue and
 * does nothing else on the channel.
 */
@Component
class QueueProbes {

    private static final Logger log = LoggerFactory.getLogger(QueueProbes.class);
    private static final Duration BACK_OFF = Duration.ofSeconds(30);

    private final PublishingChannels channels;
    private final FailedSendLoop failedSends;
    private final PublishingProperties properties;
    private final Map<String, Long> backedOff = new HashMap<>(); // until when, by System.nanoTime
    private @Nullable PublishingChannel channel;

    QueueProbes(PublishingChannels channels, FailedSendLoop failedSends, PublishingProperties properties) {
        this.channels = channels;
        this.failedSends = failedSends;
        this.properties = properties;
    }

    void backOff(Collection<String> queues) {
        log.atWarn()
                .addKeyValue("queues", queues)
                .addKeyValue("backOff", BACK_OFF)
                .log("the broker confirms no send to these queues, they are backed off");
        queues.forEach(queue -> backedOff.put(queue, System.nanoTime() + BACK_OFF.toNanos()));
    }

    /** Whether sends to the queue are to be made here. */
    boolean concerns(String queue) {
        if (!backedOff.containsKey(queue)) {
            return false;
        }
        if (channel != null && channel.hasAnswered(queue)) {
            backedOff.remove(queue);
            return false;
        }
        return true;
    }

    /** Whether a dispatch to the queue can be accepted now, if only to give it back. */
    boolean admits(String queue) {
        return channel == null || channel.isIdle(queue);
    }

    void send(Dispatch dispatch) {
        var remaining = backedOff.getOrDefault(dispatch.queue(), 0L) - System.nanoTime();
        if (remaining > 0) {
            failedSends.giveBack(List.of(FailedSend.notBefore(Duration.ofNanos(remaining), dispatch)));
            return;
        }
        try {
            open().send(dispatch);
        } catch (IOException | RuntimeException doubt) {
            log.atDebug().setCause(doubt).log("a queue that hung could not be tried");
            if (channel == null) {
                failedSends.giveBack(List.of(FailedSend.outOfReach(dispatch)));
            }
            settle();
        }
    }

    private PublishingChannel open() throws IOException {
        if (channel == null) {
            channel = channels.open();
        }
        return channel;
    }

    /** Backs off queues that still hang. */
    void check() {
        if (channel == null) {
            return;
        }
        if (channel.hasWaitedFor(properties.confirmTimeout())) {
            backOff(channel.queuesWaitedFor(properties.confirmTimeout()));
            settle();
        } else if (!channel.isOpen() || backedOff.isEmpty()) {
            settle();
        }
    }

    /** Closes the channel and gives back what the broker has not answered. */
    void settle() {
        if (channel != null) {
            var abandoned = channel.abandon();
            failedSends.giveBack(failed(abandoned.left(), abandoned.refusal()));
            channel = null;
        }
    }

    private static List<FailedSend> failed(List<Dispatch> left, @Nullable String refusal) {
        return refusal != null && left.size() == 1
                ? List.of(FailedSend.brokerRefused(left.getFirst(), refusal))
                : left.stream().map(FailedSend::outOfReach).toList();
    }
}
