package io.reliablemessage.service.publishing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import io.reliablemessage.service.publishing.PublishMetrics.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel and what is on its way over it. Sends come from one thread; the broker's answers come
 * on the connection's.
 *
 * <p>Not delivered means: a nack, or a return (RabbitMQ returns what it cannot route and then acks it).
 */
class PublishingChannel {

    private static final Logger log = LoggerFactory.getLogger(PublishingChannel.class);

    private final BrokerConnection broker;
    private final Channel channel;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final Consumer<Dispatch> confirmed;
    private final Consumer<List<FailedSend>> unsent;
    private final ConcurrentNavigableMap<Long, Send> unconfirmed = new ConcurrentSkipListMap<>();
    private final AtomicLong unconfirmedBytes = new AtomicLong();
    private final Map<String, Long> refusing = new ConcurrentHashMap<>(); // since when, by System.nanoTime
    private boolean isRetired; // the thread's own that sends

    /**
     * @param confirmed hears of sends that the broker has
     * @param unsent hears of sends that the broker refused
     */
    PublishingChannel(
            BrokerConnection broker,
            PublishMetrics metrics,
            SendSpans spans,
            Consumer<Dispatch> confirmed,
            Consumer<List<FailedSend>> unsent)
            throws IOException {
        this.broker = broker;
        this.channel = broker.newChannel();
        this.metrics = metrics;
        this.spans = spans;
        this.confirmed = confirmed;
        this.unsent = unsent;
        channel.confirmSelect();
        channel.addReturnListener(returned -> markReturned(
                returned.getProperties().getMessageId(),
                returned.getRoutingKey(),
                "%d %s".formatted(returned.getReplyCode(), returned.getReplyText())));
        channel.addConfirmListener(this::acked, this::nacked);
    }

    void send(Dispatch dispatch) throws IOException {
        var span = spans.start(dispatch);
        unconfirmed.put(channel.getNextPublishSeqNo(), new Send(dispatch, span, System.nanoTime()));
        unconfirmedBytes.addAndGet(dispatch.content().bytes());
        channel.basicPublish(
                "",
                dispatch.queue(),
                true,
                Envelope.of(dispatch, SendSpans.trace(dispatch, span)),
                dispatch.content().payload());
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    /** Whether a confirm did not come for so long, although the broker took what was sent. */
    boolean hasWaitedFor(Duration timeout) {
        var oldest = unconfirmed.firstEntry();
        return oldest != null && hasWaited(oldest.getValue(), timeout);
    }

    /** The queues of sends that nobody confirmed for so long; one that hangs holds up the whole channel. */
    Set<String> queuesWaitedFor(Duration timeout) {
        return unconfirmed.values().stream()
                .filter(send -> hasWaited(send, timeout))
                .map(send -> send.dispatch.queue())
                .collect(Collectors.toSet());
    }

    private boolean hasWaited(Send send, Duration timeout) {
        var now = System.nanoTime();
        return Math.min(now - send.at, now - broker.takingSince()) > timeout.toNanos();
    }

    /** The queues that have taken nothing for so long, and have refused something meanwhile. */
    Set<String> queuesRefusingFor(Duration time) {
        if (refusing.isEmpty()) { // usually, and asked before each send
            return Set.of();
        }
        var now = System.nanoTime();
        return refusing.entrySet().stream()
                .filter(queue -> now - queue.getValue() > time.toNanos())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Ends the channel, on which nothing may be on its way, without any doubt about the broker. */
    void retire() {
        isRetired = true;
        abort();
    }

    boolean isRetired() {
        return isRetired;
    }

    long unconfirmedBytes() {
        return unconfirmedBytes.get();
    }

    /** Ends the channel, and says what was still on its way. */
    Abandoned abandon() {
        var reason = channel.getCloseReason();
        abort();
        unconfirmed.values().forEach(send -> send.failed("nobody knows whether it arrived"));
        var left = unconfirmed.values().stream().map(send -> send.dispatch).toList();
        unconfirmed.clear();
        return new Abandoned(left, reason != null && isOfChannelOnly(reason) ? reason.getMessage() : null);
    }

    /**
     * What a channel leaves behind.
     *
     * @param left sends that were neither confirmed nor refused
     * @param reason why the broker closed this channel; null: it was not the broker, or it closed more than the channel
     */
    record Abandoned(List<Dispatch> left, @Nullable String reason) {}

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
            refusing.remove(send.dispatch.queue());
            if (reason == null) {
                send.span.end();
                metrics.confirmed(send.dispatch);
                confirmed.accept(send.dispatch);
            } else {
                refused(send, Outcome.UNROUTABLE, "unroutable: " + reason);
            }
        }
    }

    private void nacked(long number, boolean upTo) {
        for (var send : settle(number, upTo)) {
            refusing.putIfAbsent(send.dispatch.queue(), System.nanoTime());
            refused(send, Outcome.NACKED, "refused by the broker (nack)");
        }
    }

    private void refused(Send send, Outcome outcome, String reason) {
        send.failed(reason);
        metrics.count(outcome, 1);
        unsent.accept(List.of(FailedSend.refused(send.dispatch, reason)));
    }

    private List<Send> settle(long number, boolean upTo) {
        var settled = upTo ? unconfirmed.headMap(number, true) : unconfirmed.subMap(number, true, number, true);
        var sends = List.copyOf(settled.values());
        settled.clear();
        sends.forEach(
                send -> unconfirmedBytes.addAndGet(-send.dispatch.content().bytes()));
        return sends;
    }

    private static final class Send {
        private final Dispatch dispatch;
        private final Span span;
        private final long at;
        private volatile @Nullable String returned;

        Send(Dispatch dispatch, Span span, long at) {
            this.dispatch = dispatch;
            this.span = span;
            this.at = at;
        }

        void failed(String reason) {
            span.setStatus(StatusCode.ERROR, reason).end();
        }
    }
}
