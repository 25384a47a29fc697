package io.reliablemessage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.api.DeliveryState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service in plain HTTP, with a topic and a subscription to it that all cases share. */
public final class Session {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final JsonMapper JSON = new JsonMapper();

    private final ServiceUnderTest service;
    private final String topic = newName("topic");
    private final String subscription = newName("sub");
    private final String othersTopic = newName("others");

    private Session(ServiceUnderTest service) {
        this.service = service;
    }

    static Session start(ServiceUnderTest service) {
        var session = new Session(service);
        session.register(Caller.PRODUCER, session.topic, session.subscription);
        session.register(Caller.OTHER_PRODUCER, session.othersTopic, newName("sub"));
        return session;
    }

    /** A topic of that producer, with a subscription of {@link Caller#CONSUMER}. */
    void register(Caller producer, String newTopic, String newSubscription) {
        put(producer, "/topics/" + newTopic, Map.of("consumers", List.of(Caller.CONSUMER.application())))
                .is(200);
        put(Caller.CONSUMER, "/subscriptions/" + newSubscription, Map.of("topic", newTopic))
                .is(200);
    }

    String topic() {
        return topic;
    }

    String topicOf(Caller producer) {
        return producer == Caller.OTHER_PRODUCER ? othersTopic : topic;
    }

    String subscription() {
        return subscription;
    }

    static String newName(String kind) {
        return "%s.%s".formatted(kind, UUID.randomUUID());
    }

    /** A new id, as a producer makes it. */
    static String newId() {
        return newId(Instant.now());
    }

    /** The same at another time. */
    static String newId(Instant time) {
        var random = ThreadLocalRandom.current();
        return new UUID(
                        (time.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0xfffL),
                        (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L)
                .toString();
    }

    /** A message that is in order. */
    Map<String, Object> message(String id) {
        return message(Caller.PRODUCER, id);
    }

    Map<String, Object> message(Caller producer, String id) {
        var message = new LinkedHashMap<String, Object>();
        message.put("id", id);
        message.put("topic", topicOf(producer));
        message.put("key", "A-1");
        message.put("payload", Map.of("points", 10));
        return message;
    }

    /** Brings a new message into a situation. */
    String messageIn(Situation situation) {
        var id = newId();
        if (situation.isConfirmed()) {
            post(Caller.PRODUCER, "/messages", message(id)).is(201);
        } else if (situation != Situation.ABSENT) {
            post(Caller.PRODUCER, "/messages/prepare", message(id)).is(201);
        }
        if (situation == Situation.CANCELLED) {
            post(Caller.PRODUCER, "/messages/cancel", Map.of("id", id)).is(200);
        }
        if (situation.isConfirmed() && situation != Situation.SENDING) {
            service.force(id, subscription, DeliveryState.valueOf(situation.name()));
        }
        return id;
    }

    Answer get(Caller caller, String path) {
        return exchange(request(caller, path).GET());
    }

    Answer post(Caller caller, String path, Object body) {
        return call("POST", caller, path, body);
    }

    Answer put(Caller caller, String path, Object body) {
        return call("PUT", caller, path, body);
    }

    Answer delete(Caller caller, String path) {
        return exchange(request(caller, path).DELETE());
    }

    /** @param body a text or bytes as they are, anything else as JSON */
    Answer call(String method, Caller caller, String path, Object body, String... headers) {
        var request = request(caller, path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(bytes(body)));
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    HttpRequest.Builder request(Caller caller, String path) {
        return request(path).header("Authorization", "Bearer " + service.key(caller));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.address() + path)).timeout(Duration.ofSeconds(20));
    }

    static byte[] bytes(Object body) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        return body instanceof String text ? text.getBytes(UTF_8) : JSON.writeValueAsBytes(body);
    }

    static Answer exchange(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), parsed(response.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            throw new AssertionError("not JSON: " + new String(body, UTF_8), notJson);
        }
    }
}
