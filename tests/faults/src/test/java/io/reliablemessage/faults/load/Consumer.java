package io.reliablemessage.faults.load;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.Delivery;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.TestEnvironment;
import io.reliablemessage.testing.Broker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes messages from the queue, has their effect in a database of its own, and then tells the service; connects
 * again whenever the broker went away.
 *
 * <p>A message of which the service could not be told goes back to the queue; every tenth is forgotten instead, as
 * by a consumer that dies then, and the service has to send it again by itself. So it has to with those of which a
 * forgetful one never tells.
 */
public final class Consumer implements AutoCloseable {

    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final List<? extends Broker> nodes;
    private final int prefetch;
    private final double forgetfulness;
    private final Effects effects;
    private final ReliableMessageClient client;
    private final LongAdder acknowledged = new LongAdder();
    private volatile boolean isGoingOn = true;

    /**
     * @param nodes of one broker, of which it takes any that is there
     * @param prefetch how many messages it may have in its hands
     * @param forgetfulness the share of messages of which it never tells the service
     */
    public Consumer(
            List<? extends Broker> nodes,
            int prefetch,
            double forgetfulness,
            Effects effects,
            ReliableMessageClient client) {
        this.nodes = nodes;
        this.prefetch = prefetch;
        this.forgetfulness = forgetfulness;
        this.effects = effects;
        this.client = client;
    }

    public void start() {
        Thread.ofPlatform().daemon().name("consumer").start(() -> {
            while (isGoingOn) {
                try (var connection = connect()) {
                    consume(connection.createChannel());
                } catch (IOException | TimeoutException | RuntimeException away) {
                    Slowness.of(PAUSE);
                }
            }
        });
    }

    public long acknowledgedSoFar() {
        return acknowledged.sum();
    }

    private Connection connect() throws IOException, TimeoutException {
        var broker = nodes.getFirst();
        var factory = new ConnectionFactory();
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(2_000);
        return factory.newConnection(
                nodes.stream()
                        .map(node -> new Address(node.host(), node.port()))
                        .toList(),
                "consumer");
    }

    private void consume(Channel channel) throws IOException {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        DeliverCallback deliver = (tag, delivery) -> deliveries.add(delivery);
        CancelCallback queueWentAway = tag -> channel.abort();
        channel.basicQos(prefetch);
        channel.basicConsume(TestEnvironment.QUEUE, deliver, queueWentAway);
        while (isGoingOn && channel.isOpen()) {
            var batch = next(deliveries);
            if (!batch.isEmpty()) {
                effects.apply(batch.stream().map(Consumer::id).toList());
                acknowledge(channel, batch);
            }
        }
    }

    private static List<Delivery> next(BlockingQueue<Delivery> deliveries) {
        var batch = new ArrayList<Delivery>();
        try {
            var first = deliveries.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                deliveries.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    private void acknowledge(Channel channel, List<Delivery> batch) throws IOException {
        var answers = batch.stream().map(this::report).toList();
        var isServiceThere = true;
        for (var i = 0; i < batch.size(); i++) {
            var tag = batch.get(i).getEnvelope().getDeliveryTag();
            if (answers.get(i).join() || ThreadLocalRandom.current().nextInt(10) == 0) {
                channel.basicAck(tag, false);
            } else {
                channel.basicNack(tag, false, true);
                isServiceThere = false;
            }
        }
        if (!isServiceThere) {
            Slowness.of(PAUSE.multipliedBy(5));
        }
    }

    /** Whether there is nothing left to tell. */
    private CompletableFuture<Boolean> report(Delivery delivery) {
        if (ThreadLocalRandom.current().nextDouble() < forgetfulness) {
            return CompletableFuture.completedFuture(true);
        }
        return client.ackAsync(id(delivery), TestEnvironment.NAME).handle((status, failure) -> {
            if (failure == null) {
                acknowledged.increment();
            }
            return failure == null;
        });
    }

    private static String id(Delivery delivery) {
        return delivery.getProperties().getMessageId();
    }

    @Override
    public void close() {
        isGoingOn = false;
        client.close();
    }
}
