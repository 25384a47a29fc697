package io.reliablemessage.faults.load;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** Callers that prepare and decide messages one after the other, and record the answers. */
public final class Producers implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final ReliableMessageClient client;
    private final String topic;
    private final EventLog journal;
    private final Load load;
    private final StringNode payload;
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean isGoingOn = true;
    private volatile boolean isGivenUp;

    public Producers(ReliableMessageClient client, String topic, EventLog journal, Load load) {
        this.client = client;
        this.topic = topic;
        this.journal = journal;
        this.load = load;
        this.payload = StringNode.valueOf(Payloads.incompressible(load.payloadBytes()));
    }

    public void start() {
        for (var i = 0; i < load.callers(); i++) {
            callers.add(Thread.ofVirtual().start(this::call));
        }
    }

    /** Waits until every caller has finished its message. */
    public void finish() {
        isGoingOn = false;
        callers.forEach(Producers::await);
    }

    private void call() {
        var interval = load.perSecond() == 0 ? 0 : 1_000_000_000L * load.callers() / load.perSecond();
        Slowness.of(Duration.ofNanos((long) (Math.random() * interval)));
        for (var next = System.nanoTime(); isGoingOn; next = Math.max(next + interval, System.nanoTime() - interval)) {
            Slowness.of(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            send(Entry.any(MessageIds.next()));
        }
    }

    private void send(Entry entry) {
        journal.write(entry);
        prepare(entry);
        if (entry.isPrepared()) {
            decide(entry);
        }
    }

    private void prepare(Entry entry) {
        var request = PrepareRequest.of(entry.id(), topic, entry.id(), payload);
        if (isDone(entry, () -> client.prepare(request))) {
            entry.prepared();
        }
    }

    private void decide(Entry entry) {
        switch (entry.plan()) {
            case CONFIRM -> {
                if (isDone(entry, () -> client.confirm(entry.id()))) {
                    entry.decided();
                    journal.confirmed();
                }
            }
            case CANCEL -> {
                if (isDone(entry, () -> client.cancel(entry.id()))) {
                    entry.decided();
                }
            }
            case LEAVE -> {}
        }
    }

    private boolean isDone(Entry entry, Runnable call) {
        while (!isGivenUp) {
            try {
                call.run();
                return true;
            } catch (ServiceUnavailableException unclear) {
                journal.unclear(unclear.status());
                if (!entry.isRepeating()) {
                    return false;
                }
                Slowness.of(PAUSE);
            } catch (MessageProblemException surprise) {
                journal.surprise(surprise);
                return false;
            }
        }
        return false;
    }

    private static void await(Thread caller) {
        try {
            caller.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isGivenUp = true;
        finish();
        client.close();
    }
}
