package io.reliablemessage.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.util.List;

/** The HTTP requests about some messages. */
sealed interface Calls {

    byte[] prepare(List<String> ids);

    byte[] confirm(List<String> ids);

    byte[] ack(List<String> ids);

    /** A call per message. */
    record Single(Wire wire) implements Calls {

        @Override
        public byte[] prepare(List<String> ids) {
            return wire.producer("/messages/prepare", wire.message(ids.getFirst()));
        }

        @Override
        public byte[] confirm(List<String> ids) {
            return wire.producer("/messages/%s/confirm".formatted(ids.getFirst()), "");
        }

        @Override
        public byte[] ack(List<String> ids) {
            return wire.consumer("/messages/%s/ack".formatted(ids.getFirst()), Wire.SUBSCRIPTION);
        }
    }

    /** A call for many. */
    record Arrays(Wire wire) implements Calls {

        @Override
        public byte[] prepare(List<String> ids) {
            return wire.producer(
                    "/messages/prepare", ids.stream().map(wire::message).collect(joining(",", "[", "]")));
        }

        @Override
        public byte[] confirm(List<String> ids) {
            return wire.producer(
                    "/messages/confirm",
                    ids.stream().map(id -> "{\"id\":\"" + id + "\"}").collect(joining(",", "[", "]")));
        }

        @Override
        public byte[] ack(List<String> ids) {
            return wire.consumer(
                    "/messages/ack",
                    ids.stream()
                            .map(id -> "{\"id\":\"" + id + "\",\"subscription\":\"" + Target.SUBSCRIPTION + "\"}")
                            .collect(joining(",", "[", "]")));
        }
    }

    /**
     * The bytes, made by hand: a JSON library would cost more than the call.
     *
     * @param producer header lines of the producer's calls
     * @param consumer header lines of the consumer's calls
     * @param payload a JSON value
     */
    record Wire(String producer, String consumer, String payload) {

        static final String SUBSCRIPTION = "{\"subscription\":\"" + Target.SUBSCRIPTION + "\"}";

        static Wire to(Target target, String payload) {
            return new Wire(headers(target, target.producerKey()), headers(target, target.consumerKey()), payload);
        }

        private static String headers(Target target, String key) {
            return " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: "
                    .formatted(target.port(), key);
        }

        String message(String id) {
            return "{\"id\":\"" + id + "\",\"topic\":\"" + Target.TOPIC + "\",\"key\":\"" + id + "\",\"payload\":"
                    + payload + "}";
        }

        byte[] producer(String path, String body) {
            return post(path, producer, body);
        }

        byte[] consumer(String path, String body) {
            return post(path, consumer, body);
        }

        private static byte[] post(String path, String headers, String body) {
            return ("POST " + path + headers + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1);
        }
    }
}
