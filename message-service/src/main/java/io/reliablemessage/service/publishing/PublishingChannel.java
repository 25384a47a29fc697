package io.reliablemessage.service.publishing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.reliablemessage.service.message.Dispatch;
import io.reliablemessage.service.message.DueStore.Unsent;
import io.reliablemessage.service.publishing.PublishMetrics.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel and what is on its way over it. Sends come from one thread; the broker's answers come on the connection's.
 *
 * <p>Not delivered means: a nack, or a return (RabbitMQ returns what it cannot route and then acks it).
 */
class PublishingChannel {

    private static final Logger log = LoggerFactory.getLogger(PublishingChannel.class);

    private final Channel channel;
    private final PublishMetrics metrics;
    private final Consumer<List<Unsent>> unsent;
    private final ConcurrentNavigableMap<Long, Send> unconfirmed = new ConcurrentSkipListMap<>();

    /** @param unsent hears of sends that the broker refused */
    PublishingChannel(Channel channel, PublishMetrics metrics, Consumer<List<Unsent>> unsent) throws IOException {
        this.channel = channel;
        this.metrics = metrics;
        this.unsent = unsent;
        channel.confirmSelect();
        channel.addReturnListener(returned -> markReturned(
                returned.getProperties().getMessageId(),
                returned.getRoutingKey(),
                "%d %s".formatted(returned.getReplyCode(), returned.getReplyText())));
        channel.addConfirmListener(this::acked, this::nacked);
    }

    void send(Dispatch dispatch) throws IOException {
        unconfirmed.put(channel.getNextPublishSeqNo(), new Send(dispatch, System.nanoTime()));
        channel.basicPublish(
                "",
                dispatch.queue(),
                true,
                Envelope.of(dispatch),
                dispatch.content().payload());
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    boolean hasWaitedFor(Duration timeout) {
        var oldest = unconfirmed.firstEntry();
        return oldest != null && System.nanoTime() - oldest.getValue().at > timeout.toNanos();
    }

    /** Ends the channel; whatever it still had on its way is in doubt, and so is given back. */
    List<Unsent> abandon() {
        var reason = channel.getCloseReason();
        abort();
        var left = new ArrayList<>(unconfirmed.values());
        unconfirmed.clear();
        // Who was alone on a channel that the broker closed is to blame; among several nobody can say who was.
        var refusal = left.size() == 1 && reason != null && isOfChannelOnly(reason) ? reason.getMessage() : null;
        metrics.count(refusal == null ? Outcome.UNREACHABLE : Outcome.CHANNEL_CLOSED, left.size());
        return left.stream().map(send -> new Unsent(send.dispatch, refusal)).toList();
    }

    private void abort() {
        try {
            channel.abort();
        } catch (IOException alreadyGone) {
            log.atDebug().setCause(alreadyGone).log("channel could not be closed in order");
        }
    }

    private static boolean isOfChannelOnly(ShutdownSignalException reason) {
        return !reason.isHardError() && !reason.isInitiatedByApplication();
    }

    private void markReturned(String messageId, String queue, String reason) {
        unconfirmed.values().stream()
                .filter(send -> send.dispatch.queue().equals(queue)
                        && send.dispatch.id().toString().equals(messageId))
                .forEach(send -> send.returned = reason);
    }

    private void acked(long number, boolean upTo) {
        for (var send : settle(number, upTo)) {
            var reason = send.returned;
            if (reason == null) {
                metrics.count(Outcome.CONFIRMED, 1);
            } else {
                refused(send, Outcome.UNROUTABLE, "unroutable: " + reason);
            }
        }
    }

    private void nacked(long number, boolean upTo) {
        for (var send : settle(number, upTo)) {
            refused(send, Outcome.NACKED, "refused by the broker (nack)");
        }
    }

    private void refused(Send send, Outcome outcome, String reason) {
        metrics.count(outcome, 1);
        unsent.accept(List.of(new Unsent(send.dispatch, reason)));
    }

    private List<Send> settle(long number, boolean upTo) {
        if (!upTo) {
            var send = unconfirmed.remove(number);
            return send == null ? List.of() : List.of(send);
        }
        var settled = unconfirmed.headMap(number, true);
        var sends = new ArrayList<>(settled.values());
        settled.clear();
        return sends;
    }

    private static final class Send {
        private final Dispatch dispatch;
        private final long at;
        private volatile @org.jspecify.annotations.Nullable String returned;

        Send(Dispatch dispatch, long at) {
            this.dispatch = dispatch;
            this.at = at;
        }
    }
}
