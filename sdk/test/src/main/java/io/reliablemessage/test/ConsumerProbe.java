package io.reliablemessage.test;

import io.reliablemessage.test.internal.LocalService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stands between a subscription's queue and its consumer, and hands out copies as a broker does on a bad day.
 *
 * <p>A handler is the application's listener, without the broker's client: it works, and acknowledges to the service.
 */
public final class ConsumerProbe {

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final LocalService service;
    private final String subscription;

    ConsumerProbe(LocalService service, String subscription) {
        this.service = service;
        this.subscription = subscription;
    }

    public String subscription() {
        return subscription;
    }

    /** The copies that wait in the queue, oldest first; they stay there. */
    public List<Delivery> waiting() {
        return service.waiting(subscription);
    }

    /**
     * Takes the oldest copy from the queue.
     *
     * @throws AssertionError none came within five seconds
     */
    public Delivery next() {
        return service.take(subscription, MAX_WAIT)
                .orElseThrow(() -> new AssertionError(
                        "No message came to subscription %s within %s".formatted(subscription, MAX_WAIT)));
    }

    /**
     * Checks that no copy waits in the queue.
     *
     * @throws AssertionError one does
     */
    public void expectNothing() {
        if (!waiting().isEmpty()) {
            throw new AssertionError(
                    "Expected nothing in the queue of %s, but there is %s".formatted(subscription, waiting()));
        }
    }

    /** Hands each copy that waits to the consumer, oldest first, and returns how many they were. */
    public int deliver(Consumer<Delivery> handler) {
        return deliver(takeAll(), handler);
    }

    /** The same, each copy twice: a consumer acknowledged it to the service too late, or the broker was not sure. */
    public int deliverTwice(Consumer<Delivery> handler) {
        var copies = takeAll();
        copies.forEach(copy -> {
            handler.accept(copy);
            handler.accept(copy.redelivered());
        });
        return copies.size();
    }

    /** The same, newest first. */
    public int deliverOutOfOrder(Consumer<Delivery> handler) {
        var copies = takeAll();
        Collections.reverse(copies);
        return deliver(copies, handler);
    }

    /**
     * Hands the oldest copy to a consumer that dies after it has committed: what it says to the service does not arrive
     * (500), what it throws is lost with it, and the broker puts the copy back in front.
     *
     * @throws AssertionError no copy came within five seconds
     */
    public Delivery deliverAndDie(Consumer<Delivery> handler) {
        var copy = next();
        service.setConsumerDead(copy, true);
        try {
            handler.accept(copy);
        } catch (RuntimeException lostWithTheProcess) {
            return copy;
        } finally {
            service.putBack(copy);
        }
        return copy;
    }

    private static int deliver(List<Delivery> copies, Consumer<Delivery> handler) {
        copies.forEach(handler);
        return copies.size();
    }

    private List<Delivery> takeAll() {
        var copies = new ArrayList<Delivery>();
        for (var next = service.take(subscription, Duration.ZERO);
                next.isPresent();
                next = service.take(subscription, Duration.ZERO)) {
            copies.add(next.get());
        }
        return copies;
    }
}
