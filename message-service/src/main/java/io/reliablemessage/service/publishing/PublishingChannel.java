package io.reliablemessage.service.publishing;

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

/**
 * One channel and its unconfirmed sends. Sends come from one thread; the broker's answers come on the connection's.
 *
 * <p>A send has failed when it is refused, or confirmed after it was returned: the broker has no queue for it.
 */
class PublishingChannel implements BrokerChannel.Listener {

    private final Broker broker;
    private final BrokerChannel channel;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final Consumer<Dispatch> confirmed;
    private final Consumer<List<FailedSend>> failed;
    private final ConcurrentNavigableMap<Long, Send> unconfirmed = new ConcurrentSkipListMap<>();
    private final AtomicLong unconfirmedBytes = new AtomicLong();
    private final Map<String, Long> refusing = new ConcurrentHashMap<>(); // since when, by System.nanoTime
    private long sent; // by the sending thread only
    private boolean isRetired; // by the sending thread only

    /**
     * @param confirmed receives the sends that the broker has
     * @param failed receives the sends that the broker refused
     */
    PublishingChannel(
            Broker broker,
            PublishMetrics metrics,
            SendSpans spans,
            Consumer<Dispatch> confirmed,
            Consumer<List<FailedSend>> failed)
            throws IOException {
        this.broker = broker;
        this.metrics = metrics;
        this.spans = spans;
        this.confirmed = confirmed;
        this.failed = failed;
        this.channel = broker.open(this);
    }

    void send(Dispatch dispatch) throws IOException {
        var span = spans.start(dispatch);
        unconfirmed.put(++sent, new Send(dispatch, span, System.nanoTime()));
        unconfirmedBytes.addAndGet(dispatch.content().bytes());
        channel.send(dispatch, SendSpans.trace(dispatch, span));
        dispatch.claimed().settle();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    /** Whether a confirm is overdue for so long, while the broker accepted sends. */
    boolean hasWaitedFor(Duration timeout) {
        var oldest = unconfirmed.firstEntry();
        return oldest != null && hasWaited(oldest.getValue(), timeout);
    }

    /** Returns the queues whose sends have been unconfirmed for so long; one that hangs holds up the whole channel. */
    Set<String> queuesWaitedFor(Duration timeout) {
        return unconfirmed.values().stream()
                .filter(send -> hasWaited(send, timeout))
                .map(send -> send.dispatch.queue())
                .collect(Collectors.toSet());
    }

    private boolean hasWaited(Send send, Duration timeout) {
        var now = System.nanoTime();
        return Math.min(now - send.at, now - broker.acceptingSince()) > timeout.toNanos();
    }

    /** Returns the queues that have refused all sends for so long. */
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

    /** Closes the channel, which must have no unconfirmed sends, without any doubt about the broker. */
    void retire() {
        isRetired = true;
        channel.abort();
    }

    boolean isRetired() {
        return isRetired;
    }

    long unconfirmedBytes() {
        return unconfirmedBytes.get();
    }

    /** Closes the channel and returns its unconfirmed sends. */
    Abandoned abandon() {
        var refusal = channel.refusal();
        channel.abort();
        unconfirmed.values().forEach(send -> send.failed("nobody knows whether it arrived"));
        var left = unconfirmed.values().stream().map(send -> send.dispatch).toList();
        unconfirmed.clear();
        return new Abandoned(left, refusal);
    }

    /**
     * The rest of a channel.
     *
     * @param left sends that were neither confirmed nor refused
     * @param refusal why the broker closed this channel; null if it did not, or closed more than the channel
     */
    record Abandoned(List<Dispatch> left, @Nullable String refusal) {}

    @Override
    public void returned(String messageId, String queue, String reason) {
        unconfirmed.values().stream()
                .filter(send -> send.dispatch.queue().equals(queue)
                        && send.dispatch.id().toString().equals(messageId))
                .forEach(send -> send.returned = reason);
    }

    @Override
    public void confirmed(long number, boolean upTo) {
        for (var send : settle(number, upTo)) {
            var reason = send.returned;
            refusing.remove(send.dispatch.queue());
            if (reason == null) {
                send.span.end();
                metrics.confirmed(send.dispatch);
                confirmed.accept(send.dispatch);
            } else {
                fail(send, Outcome.UNROUTABLE, "unroutable: " + reason);
            }
        }
    }

    @Override
    public void refused(long number, boolean upTo) {
        for (var send : settle(number, upTo)) {
            refusing.putIfAbsent(send.dispatch.queue(), System.nanoTime());
            fail(send, Outcome.NACKED, "refused by the broker (nack)");
        }
    }

    private void fail(Send send, Outcome outcome, String reason) {
        send.failed(reason);
        metrics.count(outcome, 1);
        failed.accept(List.of(FailedSend.refused(send.dispatch, reason)));
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
