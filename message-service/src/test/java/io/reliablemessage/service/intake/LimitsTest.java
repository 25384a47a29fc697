package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/** Limits are bytes of UTF-8: up to the limit a message is delivered, one byte more is refused. */
@Tag("broker")
class LimitsTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int KEY = 255;
    private static final int CHECK_REF = 128;
    private static final int HEADER = 1024;
    private static final int HEADERS = 64;
    private static final int ALL_HEADERS = 32 * 1024;
    private static final int HEADER_NAME = 3;

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    /** A header fewer is a name fewer, too, so one of them makes up for it. */
    @ParameterizedTest
    @CsvSource({"a, 0", "a, 1", "é, 0", "é, 1", "中, 0", "中, 1", "😀, 0", "😀, 1"})
    void whatReachesEveryLimitArrives(String character, int less) throws IOException {
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.put("key", of(character, KEY - less));
        message.put("checkRef", of(character, CHECK_REF - less));
        message.put("payload", of(character, MEBIBYTE - less));
        message.put("payloadEncoding", "text");
        message.put("contentType", "a/" + "b".repeat(253 - less));
        var headers = headers(character, HEADERS - less, ALL_HEADERS - less);
        message.put("headers", headers);

        send(message).is(201);

        var id = String.valueOf(message.get("id"));
        try (var tap = new QueueConsumer(service, route.queue())) {
            var delivery = tap.next();
            assertThat(delivery.getBody()).isEqualTo(bytes(message.get("payload")));
            assertThat(delivery.getProps().getContentType()).isEqualTo(message.get("contentType"));
            var arrived = delivery.getProps().getHeaders().entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, header -> String.valueOf(header.getValue())));
            assertThat(arrived).containsAllEntriesOf(headers).containsEntry("rm-key", (String) message.get("key"));
        }
        assertThat(stored(id)).isEqualTo(List.of(KEY - less, CHECK_REF - less, MEBIBYTE - less));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "中", "😀"})
    void oneByteMoreThanAnyLimitIsRefusedAndNothingIsStored(String character) {
        refused(Map.of("key", of(character, KEY + 1)), INVALID_REQUEST);
        refused(Map.of("checkRef", of(character, CHECK_REF + 1)), INVALID_REQUEST);
        refused(Map.of("contentType", "a/" + "b".repeat(254)), INVALID_REQUEST);
        refused(Map.of("payload", of(character, MEBIBYTE + 1), "payloadEncoding", "text"), TOO_LARGE);
        refused(Map.of("payload", of(character, MEBIBYTE - 1)), TOO_LARGE); // with the quotes of JSON
        refused(Map.of("headers", Map.of("h", of(character, HEADER + 1))), INVALID_REQUEST);
        refused(Map.of("headers", headers(character, HEADERS + 1, ALL_HEADERS)), INVALID_REQUEST);
        refused(Map.of("headers", headers(character, HEADERS, ALL_HEADERS + 1)), INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\u200b", "\u3164", "\ufe0f", "\u034f", "a\u202eb"})
    void aNameThatNobodySeesIsNone(String text) {
        refused(Map.of("key", text), INVALID_REQUEST);
        refused(Map.of("checkRef", text), INVALID_REQUEST);
        refused(Map.of("topic", text), INVALID_REQUEST);
        refused(Map.of("contentType", text), INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void aMebibyteIsAMebibyteInEveryEncoding(int more) {
        var size = MEBIBYTE + more;
        var strings = List.of(of("a", size - 2), of("é", size - 2), of("中", size - 2), of("😀", size - 2));

        for (var string : strings) {
            taken(more <= 0, Map.of("payload", string));
        }
        taken(more <= 0, Map.of("payload", array(size)));
        taken(
                more <= 0,
                Map.of("payload", Base64.getEncoder().encodeToString(new byte[size]), "payloadEncoding", "base64"));
    }

    @Test
    void aLongestHeaderArrivesWhateverItsCharacters() throws IOException {
        for (var character : List.of("a", "é", "中", "😀")) {
            for (var size : List.of(HEADER - 1, HEADER)) {
                var message = new HashMap<>(route.message(MessageFlow.newId()));
                message.put("headers", Map.of("h", of(character, size)));
                send(message).is(201);
                try (var tap = new QueueConsumer(service, route.queue())) {
                    assertThat(tap.next().getProps().getHeaders().get("h")).hasToString(of(character, size));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"99, 200", "100, 200", "101, 422"})
    void namesHaveUpToAHundredCharacters(int length, int status) throws IOException {
        var name = "n".repeat(length - 13) + route.topic().substring(6, 19);
        var topic = service.as(Key.PRODUCER).put("/topics/" + name, Map.of("consumers", List.of("points")));
        assertThat(topic.status()).isEqualTo(status);
        var subscribed = service.as(Key.CONSUMER)
                .put("/subscriptions/" + name, Map.of("topic", status == 200 ? name : route.topic()));
        assertThat(subscribed.status()).isEqualTo(status);
        if (status == 200) {
            var sent = send(Map.of("topic", name, "key", "A-1", "payload", 1)).is(201);
            try (var tap = new QueueConsumer(service, subscribed.text("queue"))) {
                assertThat(tap.next().getProps().getMessageId()).isEqualTo(sent.id());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"498, true", "499, true", "500, false"})
    void aPayloadIsAsDeepInAnArrayAsAlone(int depth, boolean isTaken) {
        var alone = service.as(Key.PRODUCER).post("/messages/prepare", nested(depth));
        var listed = service.as(Key.PRODUCER).post("/messages/prepare", "[" + nested(depth) + "]");

        if (isTaken) {
            alone.is(201);
            assertThat(listed.is(200).body().at("/0/state").asString()).isEqualTo("PENDING_CONFIRM");
        } else {
            alone.is(MALFORMED_REQUEST);
            listed.is(MALFORMED_REQUEST);
        }
    }

    @Test
    void limitsCanBeLowered() {
        try (var small = Service.start(Map.of(
                "message-service.intake.max-payload", "100B",
                "message-service.intake.max-headers", 3,
                "message-service.intake.max-header", "10B",
                "message-service.intake.max-headers-total", "30B"))) {
            var there = small.newRoute();
            for (var character : List.of("a", "é", "中", "😀")) {
                for (var more : List.of(-1, 0, 1)) {
                    var isTaken = more <= 0;
                    var text = of(character, 100 + more);
                    check(small, there, Map.of("payload", text, "payloadEncoding", "text"), isTaken ? 201 : 413);
                    check(small, there, Map.of("headers", Map.of("h", of(character, 10 + more))), isTaken ? 201 : 422);
                    check(small, there, Map.of("headers", headers(character, 3 + more, 24)), isTaken ? 201 : 422);
                    check(small, there, Map.of("headers", headers(character, 3, 30 + more)), isTaken ? 201 : 422);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "中", "😀"})
    void theTablesKnowTheSameLimits(String character) {
        insert(of(character, KEY), of(character, CHECK_REF), of(character, MEBIBYTE));
        assertThatThrownBy(() -> insert(of(character, KEY + 1), "", "")).hasMessageContaining("message_key_short");
        assertThatThrownBy(() -> insert("k", of(character, CHECK_REF + 1), ""))
                .hasMessageContaining("message_check_ref_short");
        assertThatThrownBy(() -> insert("k", "", of(character, MEBIBYTE + 1)))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("message_payload_fits");
    }

    private void insert(String key, String checkRef, String payload) {
        service.jdbc()
                .sql("""
                        INSERT INTO message (id, topic, key, producer, payload, content_type, content_hash, check_ref,
                                             decision_due_at, check_due_at)
                        VALUES (uuid_v7(), 't', :key, 'nobody', :payload, 'a/b', sha256(''), :checkRef, now(), now())
                        """)
                .param("key", key)
                .param("checkRef", checkRef)
                .param("payload", payload.getBytes(UTF_8))
                .update();
    }

    private void refused(Map<String, ?> members, ProblemType type) {
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.putAll(members);

        send(message).is(type);

        route.get(String.valueOf(message.get("id"))).is(MESSAGE_NOT_FOUND);
    }

    private void taken(boolean isTaken, Map<String, ?> members) {
        if (isTaken) {
            check(service, route, members, 201);
        } else {
            refused(members, TOO_LARGE);
        }
    }

    private static void check(Service service, MessageFlow route, Map<String, ?> members, int status) {
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.putAll(members);
        service.as(Key.PRODUCER).post("/messages/prepare", message).is(status);
    }

    private Answer send(Map<String, ?> message) {
        return service.as(Key.PRODUCER).post("/messages", message);
    }

    private List<Integer> stored(String id) {
        return service.jdbc()
                .sql(
                        "SELECT octet_length(key), octet_length(check_ref), octet_length(payload) FROM message WHERE id = :id::uuid")
                .param("id", id)
                .query((row, number) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                .single();
    }

    private String nested(int depth) {
        return """
                {"topic": "%s", "key": "deep", "payload": %s%s}""".formatted(route.topic(), "[".repeat(depth), "]".repeat(depth));
    }

    /** As JSON it has so many bytes. */
    private static List<Integer> array(int bytes) {
        return IntStream.range(0, (bytes - 1) / 2)
                .mapToObj(i -> i == 0 && bytes % 2 == 0 ? 10 : 1)
                .toList();
    }

    private static byte[] bytes(Object text) {
        return String.valueOf(text).getBytes(UTF_8);
    }

    /** So many bytes of a character, and of single bytes where it does not fit any more. */
    private static String of(String character, int bytes) {
        var width = character.getBytes(UTF_8).length;
        return "x".repeat(bytes % width) + character.repeat(bytes / width);
    }

    /** So many headers that have so many bytes together, names included. */
    private static Map<String, String> headers(String character, int count, int bytes) {
        var headers = new LinkedHashMap<String, String>();
        var left = bytes;
        for (var number = 0; number < count; number++) {
            var value = left / (count - number) - HEADER_NAME;
            headers.put("h%02d".formatted(number), of(character, value));
            left -= value + HEADER_NAME;
        }
        return headers;
    }
}
