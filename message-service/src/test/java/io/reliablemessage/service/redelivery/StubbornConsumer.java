package io.reliablemessage.service.redelivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An attached consumer that does with its messages what a test says. It acknowledges to the service together what came together. */
final class StubbornConsumer implements AutoCloseable {

    /** Handles a message, on the consumer's thread. */
    interface Handler {
        void handle(Message message) throws Exception;
    }

    private static final int MOST = 500;

    private final Service service;
    private final QueueConsumer tap;
    private final String queue;
    private final AtomicInteger received = new AtomicInteger();
    private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final List<Message> acknowledged = new ArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;

    StubbornConsumer(Service service, String queue, int prefetch, Map<String, AtomicInteger> copies, Handler handler)
            throws IOException {
        this.service = service;
        this.queue = queue;
        this.tap = new QueueConsumer(service, queue);
        this.thread = Thread.ofPlatform().start(() -> run(handler));
        tap.channel().basicQos(prefetch);
        tap.channel().basicConsume(queue, false, new DefaultConsumer(tap.channel()) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                if (!envelope.isRedeliver()) {
                    copies.computeIfAbsent(properties.getMessageId(), id -> new AtomicInteger())
                            .incrementAndGet();
                }
                received.incrementAndGet();
                inbox.add(new Message(properties.getMessageId(), envelope.getDeliveryTag()));
            }
        });
    }

    private void run(Handler handler) {
        try {
            while (running) {
                var next = inbox.poll(50, TimeUnit.MILLISECONDS);
                if (next != null) {
                    handler.handle(next);
                }
                if (!acknowledged.isEmpty() && (inbox.isEmpty() || acknowledged.size() == MOST)) {
                    acknowledgeAll();
                }
            }
        } catch (Exception ended) {
            if (running) {
                throw new IllegalStateException(ended);
            }
        }
    }

    private void acknowledgeAll() throws IOException {
        var acks = acknowledged.stream().map(Message::request).toList();
        service.as(Key.CONSUMER).post("/messages/ack", acks).is(200);
        for (var message : acknowledged) {
            tap.channel().basicAck(message.tag, false);
        }
        acknowledged.clear();
    }

    int received() {
        return received.get();
    }

    boolean isIdle() {
        return inbox.isEmpty();
    }

    int ready() throws IOException {
        return tap.channel().queueDeclarePassive(queue).getMessageCount();
    }

    void purge() throws IOException {
        tap.channel().queuePurge(queue);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        running = false;
        tap.close();
        thread.join(10_000);
    }

    /** A message that came. */
    final class Message {
        private final String id;
        private final long tag;
        private String subscription = "";

        private Message(String id, long tag) {
            this.id = id;
            this.tag = tag;
        }

        String id() {
            return id;
        }

        void acknowledge(MessageFlow route) {
            subscription = route.subscription();
            acknowledged.add(this);
        }

        void requeue() throws IOException {
            tap.channel().basicNack(tag, false, true);
        }

        /** To the broker only. */
        void done() throws IOException {
            tap.channel().basicAck(tag, false);
        }

        private Map<String, String> request() {
            return Map.of("id", id, "subscription", subscription);
        }
    }
}
