package io.reliablemessage.service;

import com.fasterxml.uuid.Generators;
import io.reliablemessage.api.DeliveryState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A topic with a subscription, and the calls that move messages along it. Each test has its own, so
 * tests cannot meet.
 */
public final class MessageFlow {

    private static final int BATCH = 500;

    private final Service service;
    private final String topic;
    private final String subscription;
    private final String queue;

    private MessageFlow(Service service, String topic, String subscription, String queue) {
        this.service = service;
        this.topic = topic;
        this.subscription = subscription;
        this.queue = queue;
    }

    static MessageFlow register(Service service) {
        var name = UUID.randomUUID().toString().substring(0, 13);
        service.as(Key.PRODUCER)
                .put("/topics/topic." + name, Map.of("consumers", new String[] {"points", "stranger"}))
                .is(200);
        var subscribed = service.as(Key.CONSUMER)
                .put("/subscriptions/sub." + name, Map.of("topic", "topic." + name))
                .is(200);
        return new MessageFlow(service, "topic." + name, "sub." + name, subscribed.text("queue"));
    }

    /** Another subscription to the same topic. */
    public MessageFlow subscribe(Key key, Map<String, ?> settings) {
        var name = "sub." + UUID.randomUUID().toString().substring(0, 13);
        var request = new java.util.HashMap<String, Object>(settings);
        request.put("topic", topic);
        var subscribed = service.as(key).put("/subscriptions/" + name, request).is(200);
        return new MessageFlow(service, topic, name, subscribed.text("queue"));
    }

    /** A new id, as a producer would make it. */
    public static String newId() {
        return Generators.timeBasedEpochRandomGenerator().generate().toString();
    }

    public String topic() {
        return topic;
    }

    public String subscription() {
        return subscription;
    }

    public String queue() {
        return queue;
    }

    public Map<String, Object> message(String id) {
        return Map.of("id", id, "topic", topic, "key", "A-1", "payload", Map.of("points", 10));
    }

    public Answer prepare(String id) {
        return service.as(Key.PRODUCER).post("/messages/prepare", message(id));
    }

    public Answer confirm(String id) {
        return service.as(Key.PRODUCER).post("/messages/%s/confirm".formatted(id));
    }

    public Answer cancel(String id) {
        return service.as(Key.PRODUCER).post("/messages/%s/cancel".formatted(id));
    }

    public Answer ack(String id) {
        return service.as(Key.CONSUMER).post("/messages/%s/ack".formatted(id), Map.of("subscription", subscription));
    }

    public Answer reject(String id) {
        return reject(Key.CONSUMER, id);
    }

    public Answer reject(Key key, String id) {
        return service.as(key)
                .post(
                        "/messages/%s/reject".formatted(id),
                        Map.of("subscription", subscription, "code", "CLOSED", "reason", "the account is closed"));
    }

    public Answer get(String id) {
        return service.as(Key.PRODUCER).get("/messages/" + id);
    }

    /** A stored half message. */
    public String pending() {
        return prepare(newId()).is(201).id();
    }

    public String confirmed() {
        var id = pending();
        confirm(id).is(200);
        return id;
    }

    /** So many, with few calls. */
    public List<String> confirmed(int count) {
        var ids = IntStream.range(0, count).mapToObj(i -> newId()).toList();
        for (var from = 0; from < count; from += BATCH) {
            var messages = ids.subList(from, Math.min(count, from + BATCH)).stream()
                    .map(this::message)
                    .toList();
            service.as(Key.PRODUCER).post("/messages", messages).is(200);
        }
        return ids;
    }

    public String dead() {
        var id = confirmed();
        force(id, DeliveryState.DEAD);
        return id;
    }

    /** A message undecided for so long that an operator may decide. */
    public String suspect() {
        var id = pending();
        service.jdbc()
                .sql("UPDATE message SET decision_due_at = now() - interval '1 h' WHERE id = :id::uuid")
                .param("id", id)
                .update();
        return id;
    }

    public String cancelled() {
        var id = pending();
        cancel(id).is(200);
        return id;
    }

    /** Takes messages from the queue without acknowledging them to the service. */
    public void take(int count) {
        try (var tap = new QueueConsumer(service, queue)) {
            for (var i = 0; i < count; i++) {
                tap.next();
            }
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Makes the delivery due for so many seconds. */
    public void overdue(String id, int seconds) {
        service.jdbc()
                .sql(
                        "UPDATE delivery SET due_at = now() - :seconds * interval '1 s' WHERE message_id = :id::uuid AND subscription = :subscription AND state = 'SENDING'")
                .param("seconds", seconds)
                .param("id", id)
                .param("subscription", subscription)
                .update();
    }

    /** Puts the delivery into a state, past every rule. */
    public void force(String id, Enum<?> state) {
        service.jdbc()
                .sql("""
                        UPDATE delivery
                           SET state = :state, last_error = 'forced',
                               due_at = CASE :state WHEN 'SENDING' THEN now() + interval '1 h' END,
                               finished_at = CASE :state WHEN 'SENDING' THEN NULL ELSE now() END
                         WHERE message_id = :id::uuid AND subscription = :subscription
                        """)
                .param("state", state.name())
                .param("id", id)
                .param("subscription", subscription)
                .update();
    }
}
