package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.spring.SubscriptionState;
import io.reliablemessage.spring.SubscriptionState.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** A subscription on its way to being consumed, and back. Driven by one thread; looked at by any. */
final class ListenedQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ListenedQueue.class);

    private final MessageWorker worker;
    private final ReliableMessageClient client;
    private final ConnectionFactory connections;
    private final Events events;
    private final Runnable onChange;
    private final Throttle warnings = new Throttle(Duration.ofMinutes(1));

    private volatile @Nullable String queue;
    private volatile @Nullable QueueConsumption consumption;
    private volatile String obstacle = "the subscription is not registered yet";
    private boolean isListening;

    /** @param onChange called when the broker lets it consume; must not block */
    ListenedQueue(
            MessageWorker worker,
            ReliableMessageClient client,
            ConnectionFactory connections,
            Events events,
            Runnable onChange) {
        this.worker = worker;
        this.client = client;
        this.connections = connections;
        this.events = events;
        this.onChange = onChange;
    }

    /**
     * Registers the subscription unless that is done.
     *
     * @return false: the service cannot be reached, and others need not try
     */
    boolean register() {
        var subscribed = worker.subscribed();
        if (queue != null) {
            return true;
        }
        try {
            queue = client.registerSubscription(
                            subscribed.subscription(),
                            SubscriptionRequest.builder(subscribed.topic()).build())
                    .queue();
            obstacle = "";
            return true;
        } catch (RuntimeException e) {
            hindered("The subscription %s to %s is not registered: %s"
                    .formatted(subscribed.subscription(), subscribed.topic(), e.getMessage()));
            return !(e instanceof ServiceUnavailableException);
        }
    }

    /** Tried again later; logged when it is new, and once in a while. */
    void hindered(String reason) {
        obstacle = reason;
        isListening = false;
        if (warnings.isDue(reason)) {
            LOG.atWarn()
                    .addKeyValue("subscription", worker.subscribed().subscription())
                    .log("Not listening yet, which is tried again: {}", reason);
            events.emit(listener -> listener.notListening(worker.subscribed().subscription(), reason));
        }
    }

    /** Consumes, if it is registered and does not do so already. */
    void consume() {
        var registered = queue;
        var current = consumption;
        if (registered == null) {
            return;
        }
        if (current == null) {
            consumption = start(registered);
        } else if (!current.obstacle().isEmpty()) {
            hindered("The queue %s is not consumed: %s".formatted(registered, current.obstacle()));
        } else if (!isListening) {
            isListening = true;
            obstacle = "";
            warnings.reset();
            events.emit(listener -> listener.listening(worker.subscribed().subscription()));
        }
    }

    private @Nullable QueueConsumption start(String registered) {
        var next = new QueueConsumption(connections, registered, worker, onChange);
        try {
            next.start();
            return next;
        } catch (RuntimeException e) {
            next.end(Duration.ZERO);
            hindered("The queue %s is not consumed: %s".formatted(registered, e.getMessage()));
            return null;
        }
    }

    /** Begins no message any more; may be called by any thread. */
    void beginPause() {
        var current = consumption;
        if (current != null) {
            current.beginEnd();
        }
    }

    /** Whether its consumption will not go on, so that it has to be replaced. */
    boolean isOver() {
        var current = consumption;
        return current != null && current.isOver();
    }

    void stop(Duration forHandlers) {
        var current = consumption;
        if (current != null) {
            current.end(forHandlers);
            consumption = null;
            isListening = false;
        }
    }

    SubscriptionState state(boolean isPaused, boolean isClosed) {
        var subscribed = worker.subscribed();
        var current = consumption;
        Status status;
        String reason;
        if (isClosed) {
            status = Status.CLOSED;
            reason = "the consumer is closed";
        } else if (isPaused) {
            status = Status.PAUSED;
            reason = "too many answers wait for the service";
        } else if (queue == null || (current == null && !obstacle.isEmpty())) {
            status = Status.STARTING;
            reason = obstacle;
        } else if (current == null || !current.obstacle().isEmpty()) {
            status = Status.CONNECTING;
            reason = current == null ? "consuming begins" : current.obstacle();
        } else {
            status = Status.LISTENING;
            reason = "";
        }
        return new SubscriptionState(subscribed.subscription(), subscribed.topic(), status, reason);
    }
}
