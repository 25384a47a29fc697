package io.reliablemessage.benchmarks;

import io.reliablemessage.benchmarks.Subscriber.Received;
import io.reliablemessage.benchmarks.http.HttpConnection;
import io.reliablemessage.benchmarks.http.HttpLoop;
import io.reliablemessage.benchmarks.http.Response;
import io.reliablemessage.benchmarks.measure.Counters;
import io.reliablemessage.benchmarks.measure.Draining;
import io.reliablemessage.benchmarks.measure.Latencies;
import io.reliablemessage.benchmarks.measure.Observer;
import io.reliablemessage.benchmarks.measure.Pace;
import io.reliablemessage.client.MessageIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Single calls or arrays over plain HTTP: each connection prepares and confirms in turn, some
 * further ones acknowledge.
 */
final class HttpDrive implements Drive {

    /**
     * How the load is shaped.
     *
     * @param together messages in a call
     * @param outstanding begun and not yet acknowledged
     */
    record Shape(int connections, int ackConnections, int together, int outstanding) {}

    private final Calls calls;
    private final Shape shape;
    private final Pace pace;
    private final Counters counters;
    private final Latencies latencies;
    private final Subscriber subscriber;
    private final HttpLoop loop = new HttpLoop();
    private final Queue<Received> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private volatile boolean isPaused = true;

    // For the loop's thread only.
    private final Deque<HttpConnection> idleProducers = new ArrayDeque<>();
    private final Deque<HttpConnection> idleConsumers = new ArrayDeque<>();
    private boolean wasPaused = true;

    HttpDrive(Servers servers, Target target, Calls calls, Shape shape, Pace pace, Observer observer)
            throws IOException {
        this.calls = calls;
        this.shape = shape;
        this.pace = pace;
        this.counters = observer.counters();
        this.latencies = observer.latencies();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port());
        Stream.generate(() -> loop.connection(address))
                .limit(shape.connections())
                .forEach(idleProducers::add);
        Stream.generate(() -> loop.connection(address))
                .limit(shape.ackConnections())
                .forEach(idleConsumers::add);
        this.subscriber = new Subscriber(servers, target.queue(), counters, this::received);
        loop.start(this::turn);
    }

    @Override
    public void resume() {
        isPaused = false;
        loop.wake();
    }

    @Override
    public void pause() throws InterruptedException {
        isPaused = true;
        Draining.await(outstanding::get, counters);
        subscriber.tell();
    }

    private void received(Received received) {
        latencies.received(received.id());
        inbox.add(received);
        loop.wake();
    }

    private long turn() {
        while (!idleConsumers.isEmpty() && !inbox.isEmpty()) {
            ack(idleConsumers.pop());
        }
        if (wasPaused && !isPaused) {
            pace.restart();
        }
        wasPaused = isPaused;
        if (isPaused) {
            return TimeUnit.SECONDS.toNanos(1);
        }
        while (hasRoom() && pace.isDue()) {
            pace.took();
            begin(idleProducers.pop());
        }
        return pace.untilDue();
    }

    private boolean hasRoom() {
        return !idleProducers.isEmpty()
                && outstanding.get() + shape.together() <= shape.outstanding()
                && !counters.isHopeless();
    }

    private void begin(HttpConnection connection) {
        var ids = Stream.generate(MessageIds::next).limit(shape.together()).toList();
        outstanding.addAndGet(ids.size());
        counters.begun.addAndGet(ids.size());
        var began = System.nanoTime();
        connection.send(calls.prepare(ids), prepared -> {
            if (isSuccess("prepare", prepared, ids)) {
                confirm(connection, ids, began);
            } else {
                idleProducers.push(connection);
            }
        });
    }

    private void confirm(HttpConnection connection, List<String> ids, long began) {
        latencies.confirming(ids);
        connection.send(calls.confirm(ids), confirmed -> {
            if (isSuccess("confirm", confirmed, ids)) {
                counters.confirmed.addAndGet(ids.size());
                latencies.calls(began);
            }
            idleProducers.push(connection);
        });
    }

    private boolean isSuccess(String call, Response response, List<String> ids) {
        var isSuccess = counters.isSuccess(call, response);
        if (!isSuccess) {
            outstanding.addAndGet(-ids.size());
        }
        return isSuccess;
    }

    private void ack(HttpConnection connection) {
        var batch = new ArrayList<Received>(shape.together());
        for (var next = inbox.poll(); next != null; next = batch.size() < shape.together() ? inbox.poll() : null) {
            batch.add(next);
        }
        var ids = batch.stream().map(Received::id).toList();
        connection.send(calls.ack(ids), acked -> {
            if (counters.isSuccess("ack", acked)) {
                batch.forEach(this::acked);
            }
            idleConsumers.push(connection);
        });
    }

    private void acked(Received received) {
        if (latencies.acked(received.id())) {
            outstanding.decrementAndGet();
            counters.acked.incrementAndGet();
        } else {
            counters.repeated.incrementAndGet();
        }
        subscriber.settle(received.tag());
    }

    @Override
    public void close() throws IOException {
        loop.close();
        subscriber.close();
    }
}
