package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a producer hands over is what its consumers get, bit for bit, through the real broker. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayloadFidelityTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final String ALL_WIDTHS = "aé中😀";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final QueueConsumer tap = new QueueConsumer(service, route.queue());

    @AfterAll
    void close() throws IOException {
        tap.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, MEBIBYTE})
    void bytesArriveAsTheyAre(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        var delivery = delivered(Map.of("payload", base64(bytes), "payloadEncoding", "base64"));

        assertThat(delivery.getBody()).isEqualTo(bytes);
        assertThat(delivery.getProps().getContentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void oneByteMoreThanAMebibyteIsTooLarge() {
        sent(Map.of("payload", base64(new byte[MEBIBYTE + 1]), "payloadEncoding", "base64"))
                .is(TOO_LARGE);
        sent(Map.of("payload", "x".repeat(MEBIBYTE + 1), "payloadEncoding", "text"))
                .is(TOO_LARGE);
        sent(Map.of("payload", "x".repeat(MEBIBYTE - 1))).is(TOO_LARGE); // with its quotes
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", ALL_WIDTHS, "null\u0000inside", "\u0000", "\ttab\r\nlines ", "\u2028\u202e\ufeff\uffff"
            })
    void textArrivesInUtf8(String text) {
        var delivery = delivered(Map.of("payload", text, "payloadEncoding", "text"));

        assertThat(delivery.getBody()).isEqualTo(text.getBytes(UTF_8));
        assertThat(delivery.getProps().getContentType()).isEqualTo("text/plain;charset=utf-8");
    }

    @Test
    void textOfAMebibyteFitsWhateverItsCharacters() {
        var text = ofBytes(MEBIBYTE);

        assertThat(delivered(Map.of("payload", text, "payloadEncoding", "text")).getBody())
                .isEqualTo(text.getBytes(UTF_8));
    }

    private static final List<String> JSON_VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.0",
            "1.10",
            "1e400",
            "-1E-400",
            "0.1000000000000000055511151231257827021181583404541015625",
            "9".repeat(1_000),
            "-" + "1234567890".repeat(100),
            "0." + "123".repeat(400),
            "\"\"",
            "\"text\"",
            "\"\\u0000\"",
            "\"\\ud83d\\ude00 \\u00e9 \\/ \\\\ \\\"\"",
            "\"😀 é /\"",
            "\"\\ud800\"",
            "\"" + ALL_WIDTHS.repeat(100) + "\"",
            "[]",
            "{}",
            "[ ]",
            "[1,2,3]",
            "[1 , 2\n,\t3 ]",
            "[[[[[]]], {\"a\": [{}]}]]",
            "{\"a\":1,\"a\":2,\"a\":1}",
            "{ \"b\" : 1 ,\r\n  \"a\" : 2.50 }",
            "{\"\\u0061\": \"\\u0061\", \"中\": \"文\"}",
            "{\"payload\": {\"topic\": \"x\", \"payload\": 1.0}}");

    @ParameterizedTest
    @FieldSource("JSON_VALUES")
    void jsonArrivesAsItWasWritten(String json) {
        var delivery = delivery(sent("""
                {"topic": "%s", "key": "A-1", "payload": %s, "headers": {"after": "1"}}""".formatted(route.topic(), json)));

        assertThat(new String(delivery.getBody(), UTF_8)).isEqualTo(json);
        assertThat(delivery.getProps().getContentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @FieldSource("JSON_VALUES")
    void whereverItStands(String json) {
        for (var form : List.of(
                "{\"payload\":%s,\"topic\":\"%s\",\"key\":\"A-1\"}",
                "{\"key\":\"😀中é\",\"headers\":{\"h\":\"😀\"},\"payload\" \r\n:\t %s \n,\"topic\":\"%s\"}",
                "\n {\"contentType\": \"application/json\", \"payload\":   %s   , \"key\": \"é\", \"topic\": \"%s\"} \n")) {
            var delivery = delivery(sent(form.formatted(json, route.topic())));

            assertThat(new String(delivery.getBody(), UTF_8)).as(form).isEqualTo(json);
        }
        var last = delivery(sent("{\"topic\":\"%s\",\"key\":\"中\",\"payload\":%s}".formatted(route.topic(), json)));
        assertThat(new String(last.getBody(), UTF_8)).isEqualTo(json);
    }

    @Test
    void aByteOrderMarkIsNoJson() {
        sent("\ufeff{\"topic\":\"%s\",\"key\":\"中\",\"payload\":[1.0]}".formatted(route.topic()))
                .is(MALFORMED_REQUEST);
    }

    @Test
    void jsonOfAMebibyteArrivesAsItWasWritten() {
        var json = IntStream.range(0, 2 * MEBIBYTE)
                .mapToObj(Integer::toString)
                .limit(100_000)
                .collect(joining(" ,", "[", "]"));
        var padded = json.substring(0, json.length() - 1) + " ".repeat(MEBIBYTE - json.length()) + "]";

        assertThat(delivery(sent("{\"topic\":\"%s\",\"key\":\"A-1\",\"payload\":%s}".formatted(route.topic(), padded)))
                        .getBody())
                .hasSize(MEBIBYTE)
                .isEqualTo(padded.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/xml", "application/vnd.acme.order+json;v=2", "image/png", "text/plain;charset=gbk"})
    void theContentTypeIsTheProducers(String contentType) {
        var delivery = delivered(Map.of("payload", "AA==", "payloadEncoding", "base64", "contentType", contentType));

        assertThat(delivery.getProps().getContentType()).isEqualTo(contentType);
    }

    @Test
    void theEnvelopeSaysWhatTheMessageIs() {
        var answer = sent(Map.of("payload", 1, "key", "订单-😀"));

        var properties = delivery(answer).getProps();

        assertThat(properties.getMessageId()).isEqualTo(answer.id());
        assertThat(properties.getType()).isEqualTo(route.topic());
        assertThat(properties.getAppId()).isEqualTo("shop");
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        var createdAt = Instant.parse(route.get(answer.id()).is(200).text("createdAt"));
        assertThat(properties.getTimestamp().toInstant().getEpochSecond()).isEqualTo(createdAt.getEpochSecond());
        assertThat(properties.getReplyTo()).isNull();
        assertThat(properties.getExpiration()).isNull();
        var headers = texts(properties.getHeaders());
        headers.keySet().removeIf(name -> name.startsWith("x-")); // the broker's, and never a producer's
        assertThat(headers)
                .isEqualTo(Map.of("rm-subscription", route.subscription(), "rm-attempt", "1", "rm-key", "订单-😀"));
    }

    @Test
    void declaredHeadersArrive() {
        var headers =
                Map.of("lang", "zh", "Empty", "", "widths", ALL_WIDTHS, "a.b-c_D9", "\"quoted\\\"", "cc2", "no copy");

        var delivery = delivered(Map.of("payload", 1, "headers", headers));

        assertThat(texts(delivery.getProps().getHeaders())).containsAllEntriesOf(headers);
    }

    @Test
    void theTraceTravelsWithTheMessage() {
        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var state = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";
        var prepared = service.as(Key.PRODUCER)
                .call(
                        "POST",
                        "/messages/prepare",
                        route.message(MessageFlow.newId()),
                        "traceparent",
                        parent,
                        "tracestate",
                        state)
                .is(201);

        route.confirm(prepared.id()).is(200);

        assertThat(texts(delivery(prepared).getProps().getHeaders()))
                .containsEntry("traceparent", parent)
                .containsEntry("tracestate", state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra"
            })
    void aTraceThatIsNoneIsIgnored(String parent) {
        var sent = service.as(Key.PRODUCER)
                .call(
                        "POST",
                        "/messages",
                        route.message(MessageFlow.newId()),
                        "traceparent",
                        parent,
                        "tracestate",
                        "rojo=1")
                .is(201);

        assertThat(delivery(sent).getProps().getHeaders()).doesNotContainKeys("traceparent", "tracestate");
    }

    @Test
    void aKeyHasUpTo255Bytes() {
        for (var length : List.of(1, 254, 255)) {
            var key = ofBytes(length);
            var delivery = delivered(Map.of("payload", 1, "key", key));
            assertThat(texts(delivery.getProps().getHeaders())).containsEntry("rm-key", key);
        }
        sent(Map.of("payload", 1, "key", ofBytes(256))).is(INVALID_REQUEST);
        sent(Map.of("payload", 1, "key", "é".repeat(128))).is(INVALID_REQUEST);
        sent(Map.of("payload", 1, "key", "")).is(INVALID_REQUEST);
    }

    @Test
    void aCheckRefHasUpTo128Bytes() {
        for (var length : List.of(0, 127, 128)) {
            var checkRef = ofBytes(length);
            var stored = sent(Map.of("payload", 1, "checkRef", checkRef)).is(201);
            assertThat(checkRefOf(stored.id())).isEqualTo(checkRef);
        }
        sent(Map.of("payload", 1, "checkRef", ofBytes(129))).is(INVALID_REQUEST);
    }

    @Test
    void aHeaderHasUpTo1024Bytes() {
        for (var length : List.of(1023, 1024)) {
            var headers = Map.of("h", ofBytes(length));
            var delivery = delivered(Map.of("payload", 1, "headers", headers));
            assertThat(texts(delivery.getProps().getHeaders())).containsAllEntriesOf(headers);
        }
        sent(Map.of("payload", 1, "headers", Map.of("h", ofBytes(1025)))).is(INVALID_REQUEST);
    }

    @Test
    void aHeadersNameHasUpTo128Characters() {
        delivered(Map.of("payload", 1, "headers", Map.of("h".repeat(127), "1")));
        delivered(Map.of("payload", 1, "headers", Map.of("h".repeat(128), "1")));
        sent(Map.of("payload", 1, "headers", Map.of("h".repeat(129), "1"))).is(INVALID_REQUEST);
    }

    @Test
    void thereAreUpTo64Headers() {
        for (var count : List.of(0, 63, 64)) {
            var headers = headers(count, 1);
            var delivery = delivered(Map.of("payload", 1, "headers", headers));
            assertThat(texts(delivery.getProps().getHeaders())).containsAllEntriesOf(headers);
        }
        sent(Map.of("payload", 1, "headers", headers(65, 1))).is(INVALID_REQUEST);
    }

    @Test
    void headersHaveUpTo32KibibytesTogether() {
        var fits = headers(32, 1020); // names of four bytes
        delivered(Map.of("payload", 1, "headers", fits));

        fits.put("h000", ofBytes(1019));
        delivered(Map.of("payload", 1, "headers", fits));

        fits.put("h000", ofBytes(1021));
        sent(Map.of("payload", 1, "headers", fits)).is(INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CC",
                "cc",
                "BCC",
                "Bcc",
                "x-delay",
                "X-Match",
                "x-",
                "reply-to",
                "Reply-To",
                "user-id",
                "expiration",
                "rm-key",
                "RM-Attempt",
                "rm-anything",
                "traceparent",
                "TraceState",
                "",
                " lang",
                "two words",
                "-lang",
                "1st",
                "näme",
                "a\u0000",
                "a\nb"
            })
    void namesThatOthersActOnAreRefused(String name) {
        sent(Map.of("payload", 1, "headers", Map.of(name, "1"))).is(INVALID_REQUEST);
    }

    private GetResponse delivered(Map<String, ?> members) {
        return delivery(sent(members));
    }

    private Answer sent(Map<String, ?> members) {
        var message = new LinkedHashMap<String, Object>(Map.of("topic", route.topic(), "key", "A-1"));
        message.putAll(members);
        return sent(new JsonMapper().writeValueAsString(message));
    }

    private Answer sent(String body) {
        return service.as(Key.PRODUCER).post("/messages", body);
    }

    /** Skips what other tests left in the queue. */
    private GetResponse delivery(Answer sent) {
        assertThat(sent.status()).as("%s", sent.body()).isIn(200, 201);
        var next = tap.next();
        while (!sent.id().equals(next.getProps().getMessageId())) {
            next = tap.next();
        }
        return next;
    }

    private String checkRefOf(String id) {
        return service.jdbc()
                .sql("SELECT check_ref FROM message WHERE id = :id::uuid")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private static Map<String, String> headers(int count, int length) {
        return IntStream.range(0, count)
                .boxed()
                .collect(toMap("h%03d"::formatted, number -> ofBytes(length), (a, b) -> a, LinkedHashMap::new));
    }

    /** As many bytes of UTF-8, in characters of all widths as far as they fit. */
    private static String ofBytes(int length) {
        var width = ALL_WIDTHS.getBytes(UTF_8).length;
        return ALL_WIDTHS.repeat(length / width) + "x".repeat(length % width);
    }

    private static Map<String, String> texts(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, header -> header.getValue().toString()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
