package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Trace;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A broker in memory that confirms each send after a while, except where a test wants it otherwise. */
final class ScriptedBroker implements Broker, AutoCloseable {

    /** Where it can fail. */
    enum Step {
        OPEN,
        GENERATION,
        IS_BLOCKED,
        ACCEPTING_SINCE,
        IS_OPEN,
        SEND,
        AFTER_SEND,
        REFUSAL,
        ABORT,
        DISCONNECT,
        DECLARE,
        BACKLOG
    }

    private final ScheduledExecutorService connection = Executors.newSingleThreadScheduledExecutor();
    private final Map<Step, Error> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final Map<String, Integer> mostInFlight = new ConcurrentHashMap<>();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final Set<Dispatch> confirmed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger disconnects = new AtomicInteger();
    private final long started = System.nanoTime();
    private final Thread test = Thread.currentThread();
    private volatile Duration latency = Duration.ZERO;
    private volatile @Nullable InMemoryChannel latest;

    void hang(String queue) {
        hanging.add(queue);
    }

    void answerAfter(Duration latency) {
        this.latency = latency;
    }

    /** Fails once, the next time that a thread of the service comes there. */
    void failAt(Step step) {
        faults.put(step, new InternalError("by the test, at " + step));
    }

    boolean hasFailed() {
        return faults.isEmpty();
    }

    boolean hasConfirmed(Dispatch dispatch) {
        return confirmed.contains(dispatch);
    }

    int mostInFlight(String queue) {
        return mostInFlight.getOrDefault(queue, 0);
    }

    int disconnects() {
        return disconnects.get();
    }

    /** Closes the channel, as after a message that the broker cannot accept. */
    void closeChannel() {
        var open = latest;
        if (open != null) {
            open.refusal = "PRECONDITION_FAILED - by the test";
        }
    }

    private void at(Step step) {
        var fault = Thread.currentThread().equals(test) ? null : faults.remove(step);
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public String system() {
        return "memory";
    }

    @Override
    public BrokerChannel open(BrokerChannel.Listener listener) {
        at(Step.OPEN);
        var channel = new InMemoryChannel(listener);
        latest = channel;
        return channel;
    }

    @Override
    public int generation() {
        at(Step.GENERATION);
        return 1;
    }

    @Override
    public boolean isBlocked() {
        at(Step.IS_BLOCKED);
        return false;
    }

    @Override
    public long acceptingSince() {
        at(Step.ACCEPTING_SINCE);
        return started;
    }

    @Override
    public void disconnect() {
        disconnects.incrementAndGet();
        at(Step.DISCONNECT);
        var open = latest;
        if (open != null) {
            open.isOpen = false;
        }
    }

    @Override
    public void declare(String queue) {
        at(Step.DECLARE);
    }

    @Override
    public Backlog backlog(String queue) {
        at(Step.BACKLOG);
        return Backlog.NONE;
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }

    private final class InMemoryChannel implements BrokerChannel {

        private final Listener listener;
        private long sent;
        private volatile boolean isOpen = true;
        private volatile @Nullable String refusal;

        InMemoryChannel(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void send(Dispatch dispatch, Trace trace) {
            var number = ++sent;
            at(Step.SEND);
            var queue = inFlight.computeIfAbsent(dispatch.queue(), name -> new AtomicInteger());
            mostInFlight.merge(dispatch.queue(), queue.incrementAndGet(), Math::max);
            if (!hanging.contains(dispatch.queue())) {
                var unused =
                        connection.schedule(() -> confirm(number, dispatch), latency.toMillis(), TimeUnit.MILLISECONDS);
            }
            at(Step.AFTER_SEND);
        }

        private void confirm(long number, Dispatch dispatch) {
            if (isOpen()) {
                Objects.requireNonNull(inFlight.get(dispatch.queue())).decrementAndGet();
                listener.confirmed(number, false);
                confirmed.add(dispatch);
            }
        }

        @Override
        public boolean isOpen() {
            at(Step.IS_OPEN);
            return isOpen && refusal == null;
        }

        @Override
        public @Nullable String refusal() {
            at(Step.REFUSAL);
            return refusal;
        }

        @Override
        public void abort() {
            isOpen = false;
            at(Step.ABORT);
        }
    }
}
