package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.CALLERS;
import static io.reliablemessage.benchmarks.Option.OUTSTANDING;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.benchmarks.Subscriber.Received;
import io.reliablemessage.benchmarks.measure.Counters;
import io.reliablemessage.benchmarks.measure.Draining;
import io.reliablemessage.benchmarks.measure.Latencies;
import io.reliablemessage.benchmarks.measure.Observer;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Drives load as a Java application does: threads that call reliable-message-client for one message at a time. */
final class ClientDrive implements Drive {

    private final ReliableMessageClient producer;
    private final ReliableMessageClient consumer;
    private final StringNode payload;
    private final int callers;
    private final int limit;
    private final Counters counters;
    private final Latencies latencies;
    private final Subscriber subscriber;
    private final Semaphore room;
    private List<Thread> producing = List.of();
    private volatile boolean isPaused = true;

    ClientDrive(Servers servers, Target target, Options options, String payload, Observer observer) throws IOException {
        this.producer = target.producer();
        this.consumer = target.consumer();
        this.payload = StringNode.valueOf(payload);
        this.callers = options.number(CALLERS);
        this.limit = options.number(OUTSTANDING);
        this.counters = observer.counters();
        this.latencies = observer.latencies();
        this.room = new Semaphore(limit);
        this.subscriber = new Subscriber(servers, target.queue(), counters, this::received);
    }

    @Override
    public void resume() {
        isPaused = false;
        producing = start(this::produce);
    }

    @Override
    public void pause() throws InterruptedException {
        isPaused = true;
        for (var thread : producing) {
            thread.join();
        }
        Draining.await(() -> limit - room.availablePermits(), counters);
        subscriber.tell();
    }

    private List<Thread> start(Runnable task) {
        return Stream.generate(() -> Thread.ofVirtual().start(task))
                .limit(callers)
                .toList();
    }

    private void produce() {
        while (!isPaused && !counters.isHopeless()) {
            room.acquireUninterruptibly();
            counters.begun.incrementAndGet();
            try {
                call();
            } catch (RuntimeException e) {
                counters.failed("prepare or confirm: " + e);
                room.release();
            }
        }
    }

    private void call() {
        var id = MessageIds.next();
        var began = System.nanoTime();
        producer.prepare(PrepareRequest.of(id, Target.TOPIC, id, payload));
        latencies.confirming(List.of(id));
        producer.confirm(id);
        counters.confirmed.incrementAndGet();
        latencies.calls(began);
    }

    private void received(Received received) {
        latencies.received(received.id());
        var unused = consumer.ackAsync(received.id(), Target.SUBSCRIPTION)
                .whenComplete((status, failure) -> answered(received, failure));
    }

    private void answered(Received received, @Nullable Throwable failure) {
        if (failure != null) {
            counters.failed("ack: " + failure);
            return;
        }
        if (latencies.acked(received.id())) {
            counters.acked.incrementAndGet();
            room.release();
        } else {
            counters.repeated.incrementAndGet();
        }
        subscriber.settle(received.tag());
    }

    @Override
    public void close() throws IOException {
        producer.close();
        consumer.close();
        subscriber.close();
    }
}
