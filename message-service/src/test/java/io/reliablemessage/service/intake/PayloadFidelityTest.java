package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.service.intake.RoundTrip.ALL_WIDTHS;
import static io.reliablemessage.service.intake.RoundTrip.ofBytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.MessageFlow;
import java.util.Base64;
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

/** A producer's payload reaches its consumers bit for bit, through the real broker. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayloadFidelityTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private final RoundTrip messages = new RoundTrip();
    private final MessageFlow route = messages.route();

    @AfterAll
    void close() {
        messages.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, MEBIBYTE})
    void bytesArriveAsTheyAre(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        var delivery = messages.delivered(Map.of("payload", base64(bytes), "payloadEncoding", "base64"));

        assertThat(delivery.getBody()).isEqualTo(bytes);
        assertThat(delivery.getProps().getContentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void oneByteMoreThanAMebibyteIsTooLarge() {
        messages.sent(Map.of("payload", base64(new byte[MEBIBYTE + 1]), "payloadEncoding", "base64"))
                .is(TOO_LARGE);
        messages.sent(Map.of("payload", "x".repeat(MEBIBYTE + 1), "payloadEncoding", "text"))
                .is(TOO_LARGE);
        messages.sent(Map.of("payload", "x".repeat(MEBIBYTE - 1))).is(TOO_LARGE); // with its quotes
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", ALL_WIDTHS, "null\u0000inside", "\u0000", "\ttab\r\nlines ", "\u2028\u202e\ufeff\uffff"
            })
    void textArrivesInUtf8(String text) {
        var delivery = messages.delivered(Map.of("payload", text, "payloadEncoding", "text"));

        assertThat(delivery.getBody()).isEqualTo(text.getBytes(UTF_8));
        assertThat(delivery.getProps().getContentType()).isEqualTo("text/plain;charset=utf-8");
    }

    @Test
    void textOfAMebibyteFitsWhateverItsCharacters() {
        var text = ofBytes(MEBIBYTE);

        assertThat(messages.delivered(Map.of("payload", text, "payloadEncoding", "text"))
                        .getBody())
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
        var delivery = messages.delivery(messages.sent("""
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
            var delivery = messages.delivery(messages.sent(form.formatted(json, route.topic())));

            assertThat(new String(delivery.getBody(), UTF_8)).as(form).isEqualTo(json);
        }
        var last = messages.delivery(
                messages.sent("{\"topic\":\"%s\",\"key\":\"中\",\"payload\":%s}".formatted(route.topic(), json)));
        assertThat(new String(last.getBody(), UTF_8)).isEqualTo(json);
    }

    @Test
    void aByteOrderMarkIsNoJson() {
        messages.sent("\ufeff{\"topic\":\"%s\",\"key\":\"中\",\"payload\":[1.0]}".formatted(route.topic()))
                .is(MALFORMED_REQUEST);
    }

    @Test
    void jsonOfAMebibyteArrivesAsItWasWritten() {
        var json = IntStream.range(0, 2 * MEBIBYTE)
                .mapToObj(Integer::toString)
                .limit(100_000)
                .collect(joining(" ,", "[", "]"));
        var padded = json.substring(0, json.length() - 1) + " ".repeat(MEBIBYTE - json.length()) + "]";

        var sent = messages.sent("{\"topic\":\"%s\",\"key\":\"A-1\",\"payload\":%s}".formatted(route.topic(), padded));

        assertThat(messages.delivery(sent).getBody()).hasSize(MEBIBYTE).isEqualTo(padded.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
