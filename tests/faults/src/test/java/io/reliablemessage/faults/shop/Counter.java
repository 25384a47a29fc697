package io.reliablemessage.faults.shop;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.client.TransitionRefusedException;
import io.reliablemessage.faults.load.Payloads;
import io.reliablemessage.faults.load.Slowness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.node.StringNode;

/** Places orders at a steady rate, one after the other in each thread. */
final class Counter {

    private static final int PAYLOAD_BYTES = 500;
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final ReliableMessageClient service;
    private final Orders orders;
    private final String topic;
    private final String store;
    private final StringNode payload = StringNode.valueOf(Payloads.incompressible(PAYLOAD_BYTES));
    private final List<Thread> places = new ArrayList<>();
    private volatile boolean isOpen = true;

    Counter(ReliableMessageClient service, Orders orders, String topic) {
        this.service = service;
        this.orders = orders;
        this.topic = topic;
        this.store = orders.store();
    }

    void open(int places, int ordersPerSecond) {
        var interval = Duration.ofSeconds(1).multipliedBy(places).dividedBy(ordersPerSecond);
        for (var i = 0; i < places; i++) {
            this.places.add(Thread.ofVirtual().start(() -> serve(interval)));
        }
    }

    /** Returns when the last customer has gone. */
    void close() throws InterruptedException {
        isOpen = false;
        for (var place : places) {
            place.join();
        }
    }

    private void serve(Duration interval) {
        Slowness.upTo(interval);
        for (var next = System.nanoTime(); isOpen; next = Math.max(next + interval.toNanos(), System.nanoTime())) {
            Slowness.of(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            order(MessageIds.next(), Whim.any(ThreadLocalRandom.current()));
        }
    }

    private void order(String message, Whim whim) {
        try {
            if (isPrepared(message)) {
                place(message, whim);
            }
        } catch (MessageProblemException surprise) {
            System.out.printf("%s %s%n", Shop.SURPRISE, surprise.getMessage());
        }
    }

    private void place(String message, Whim whim) {
        try {
            var isPlaced = orders.place(message, whim);
            if (whim.tellsTheService()) {
                attempt(isPlaced ? () -> service.confirm(message) : () -> service.cancel(message));
            }
        } catch (DuplicateKeyException fenced) {
            // The check-back was faster, and has said that there will be no such order.
        } catch (DataAccessException | TransactionException unclear) {
            // It may have been committed all the same: a check-back is answered from the database.
        }
    }

    /** Whether the service has stored the half message. */
    private boolean isPrepared(String message) {
        var request = PrepareRequest.builder(topic, message, payload)
                .id(message)
                .checkRef(store)
                .build();
        try {
            return attempt(() -> service.prepare(request));
        } catch (TransitionRefusedException checkedBackAlready) {
            return false; // an earlier try was stored, and then asked about
        }
    }

    private static boolean attempt(Runnable call) {
        for (var attempt = 1; attempt <= TRIES; attempt++) {
            try {
                call.run();
                return true;
            } catch (ServiceUnavailableException away) {
                Slowness.of(PAUSE);
            }
        }
        return false;
    }
}
