package io.reliablemessage.service.publishing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import io.reliablemessage.service.publishing.PublishMetrics.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
 * One channel and its unconfirmed sends. Sends come from one thread; the broker's answers come on the connection's.
 *
 * <p>A send has failed when it is refused, or confirmed after it was returned: the broker has no queue for it.
 */
class PublishingChannel implements BrokerChannel.Listener {

    static final String UNROUTABLE = "unroutable: ";

    private static final Logger log = LoggerFactory.getLogger(PublishingChannel.class);

    private static final Duration HANGING = Duration.ofSeconds(1);

    private final Broker broker;
    private final SendWindow window;
    private final BrokerChannel channel;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final Consumer<Dispatch> confirmed;
    private final Consumer<List<FailedSend>> failed;
    private final ConcurrentNavigableMap<Long, Send> unconfirmed = new ConcurrentSkipListMap<>();
    private final AtomicLong unconfirmedBytes = new AtomicLong();
    private final Map<String, QueueLoad> loads = new HashMap<>(); // by the sending thread only
    private final Map<String, Long> refusing = new ConcurrentHashMap<>(); // since when, by System.nanoTime
    private long sent; // by the sending thread only
    private boolean isRetired; // by the sending thread only
    private @Nullable Abandoned abandoned; // by the sending thread only
    private volatile long lastAnswer = System.nanoTime();
    private volatile boolean isBroken;

    /**
     * @param confirmed receives the sends that the broker has
     * @param failed receives the sends that the broker refused
     */
    PublishingChannel(
            Broker broker,
            SendWindow window,
            PublishMetrics metrics,
            SendSpans spans,
            Consumer<Dispatch> confirmed,
            Consumer<List<FailedSend>> failed)
            throws IOException {
        this.broker = broker;
        this.window = window;
        this.metrics = metrics;
        this.spans = spans;
        this.confirmed = confirmed;
        this.failed = failed;
        this.channel = broker.open(this);
    }

    /** After an exception the channel must be abandoned: numbers may be out of step with the broker's. */
    void send(Dispatch dispatch) throws IOException {
        var span = spans.start(dispatch);
        var load = loads.computeIfAbsent(dispatch.queue(), queue -> new QueueLoad());
        var send = new Send(dispatch, span, load, System.nanoTime());
        unconfirmed.put(++sent, send);
        unconfirmedBytes.addAndGet(send.bytes());
        load.sent(send.bytes(), send.at);
        channel.send(dispatch, SendSpans.trace(dispatch, span));
        dispatch.claimed().settle();
    }

    boolean isOpen() {
        return !isBroken && channel.isOpen();
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    boolean isFull() {
        return window.isFull(unconfirmed.size(), unconfirmedBytes.get());
    }

    /** Whether its queue may have one more unconfirmed send. */
    boolean admits(Dispatch dispatch) {
        var load = loads.get(dispatch.queue());
        return load == null || window.admits(load, dispatch.content().bytes(), isSilent(load, SendWindow.SLOW));
    }

    /** Whether the broker has answered no send to a queue for so long that it may hang. */
    boolean isHanging(String queue) {
        var load = loads.get(queue);
        return load != null && isSilent(load, HANGING);
    }

    private boolean isSilent(QueueLoad load, Duration time) {
        var now = System.nanoTime();
        return load.isSilentFor(time, now) && now - broker.acceptingSince() > time.toNanos();
    }

    /** Whether a queue has no unconfirmed sends. */
    boolean isIdle(String queue) {
        var load = loads.get(queue);
        return load == null || load.isEmpty();
    }

    /** Whether the broker has answered a send to the queue over this channel. */
    boolean hasAnswered(String queue) {
        var load = loads.get(queue);
        return load != null && load.hasAnswered();
    }

    boolean hasAnsweredWithin(Duration time) {
        return System.nanoTime() - lastAnswer < time.toNanos();
    }

    /** Whether a confirm is overdue for so long, while the broker accepted sends. */
    boolean hasWaitedFor(Duration timeout) {
        var oldest = unconfirmed.firstEntry();
        return oldest != null && hasWaited(oldest.getValue(), timeout);
    }

    /** Returns the queues whose sends have been unconfirmed for so long. */
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

    /** Gives up the unconfirmed sends to some queues and returns them. Later answers to them change nothing. */
    List<Dispatch> giveUp(Set<String> queues) {
        var left = new ArrayList<Dispatch>();
        unconfirmed.forEach((number, send) -> {
            if (queues.contains(send.dispatch.queue())) {
                left.add(send.dispatch);
                send.failed("not confirmed in time");
                forget(number);
            }
        });
        loads.keySet().removeAll(queues);
        metrics.count(Outcome.UNREACHABLE, left.size());
        return left;
    }

    /** Closes the channel and returns its unconfirmed sends, the same ones each time. */
    Abandoned abandon() {
        var rest = abandoned;
        if (rest == null) {
            var refusal = channel.refusal();
            channel.abort();
            rest = new Abandoned(
                    unconfirmed.values().stream().map(send -> send.dispatch).toList(), refusal);
            abandoned = rest;
            unconfirmed.values().forEach(send -> send.failed("nobody knows whether it arrived"));
            unconfirmed.clear();
            count(rest);
        }
        return rest;
    }

    private void count(Abandoned rest) {
        if (rest.refusal == null) {
            metrics.count(Outcome.UNREACHABLE, rest.left.size());
        } else if (rest.left.size() == 1) {
            metrics.count(Outcome.CHANNEL_CLOSED, 1);
        }
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
        guarded(() -> unconfirmed.values().stream()
                .filter(send -> send.dispatch.queue().equals(queue)
                        && send.dispatch.id().toString().equals(messageId))
                .forEach(send -> send.returned = reason));
    }

    @Override
    public void confirmed(long number, boolean upTo) {
        guarded(() -> settle(number, upTo, true));
    }

    @Override
    public void refused(long number, boolean upTo) {
        guarded(() -> settle(number, upTo, false));
    }

    /** A send that cannot be settled stays unconfirmed, and is given back with the channel. */
    private void guarded(Runnable answer) {
        if (isBroken) {
            return;
        }
        try {
            lastAnswer = System.nanoTime();
            answer.run();
        } catch (Throwable failure) { // An Error too: on the connection's thread it would be swallowed, or end the
            // connection.
            isBroken = true;
            log.atError()
                    .setCause(failure)
                    .log("an answer of the broker could not be processed, the channel is replaced");
        }
    }

    private void settle(long number, boolean upTo, boolean isConfirmed) {
        if (upTo) {
            unconfirmed.headMap(number, true).forEach((each, send) -> settle(each, send, isConfirmed));
            return;
        }
        var send = unconfirmed.get(number);
        if (send != null) {
            settle(number, send, isConfirmed);
        }
    }

    private void settle(long number, Send send, boolean isConfirmed) {
        if (isConfirmed) {
            confirm(send);
        } else {
            refusing.putIfAbsent(send.dispatch.queue(), System.nanoTime());
            fail(send, Outcome.NACKED, "refused by the broker (nack)");
        }
        forget(number);
    }

    private void confirm(Send send) {
        var reason = send.returned;
        if (!refusing.isEmpty()) {
            refusing.remove(send.dispatch.queue());
        }
        if (reason == null) {
            send.span.end();
            metrics.confirmed(send.dispatch);
            confirmed.accept(send.dispatch);
        } else {
            fail(send, Outcome.UNROUTABLE, UNROUTABLE + reason);
        }
    }

    private void fail(Send send, Outcome outcome, String reason) {
        send.failed(reason);
        metrics.count(outcome, 1);
        failed.accept(List.of(FailedSend.refused(send.dispatch, reason)));
    }

    private void forget(long number) {
        var send = unconfirmed.remove(number);
        if (send != null) {
            unconfirmedBytes.addAndGet(-send.bytes());
            send.load.answered(send.bytes());
        }
    }

    private static final class Send {
        private final Dispatch dispatch;
        private final Span span;
        private final QueueLoad load;
        private final long at;
        private volatile @Nullable String returned;

        Send(Dispatch dispatch, Span span, QueueLoad load, long at) {
            this.dispatch = dispatch;
            this.span = span;
            this.load = load;
            this.at = at;
        }

        int bytes() {
            return dispatch.content().bytes();
        }

        void failed(String reason) {
            span.setStatus(StatusCode.ERROR, reason).end();
        }
    }
}
