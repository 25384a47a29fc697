package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.service.platform.problem.Refusal.of;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every faulty call is answered with a problem (RFC 9457) of a known type. */
@Tag("ledger")
class ProblemsTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final Api producer = service.as(Key.PRODUCER);
    private final Api consumer = service.as(Key.CONSUMER);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"text\"",
                "{",
                "{\"topic\"",
                "{'topic': 't'}",
                "{\"topic\": \"t\",}",
                "{\"topic\": \"t\"} {}",
                "{\"topic\": \"t\"} x",
                "/* comment */ {}",
                "{\"payload\": NaN}",
                "{\"payload\": 01}",
                "{\"payload\": \"\t\"}",
                "{\"payload\": \"\\x\"}",
                "{\"topic\": 1}",
                "{\"key\": true}",
                "{\"id\": {}}",
                "{\"delay\": 30}",
                "{\"deliverAt\": 1767225600}",
                "{\"headers\": []}",
                "{\"headers\": {\"lang\": 1}}",
                "{\"headers\": {\"lang\": null}}",
                "{\"headers\": {\"lang\": \"zh\", \"lang\": \"en\"}}",
                "{\"topic\": \"t\", \"topic\": \"t\"}",
                "{\"priority\": 9}"
            })
    void aPrepareThatIsNotWhatItShouldBeIsMalformed(String body) {
        of(MALFORMED_REQUEST, producer.post("/messages/prepare", body));
        of(MALFORMED_REQUEST, producer.post("/messages", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "1",
                "[]",
                "\"text\"",
                "\"\"",
                "{",
                "{\"topic\": \"t\",}",
                "{\"topic\": \"t\"} {}",
                "// comment",
                "{\"topic\": 1}",
                "{\"topic\": []}",
                "{\"topic\": \"t\", \"maxAttempts\": \"3\"}",
                "{\"topic\": \"t\", \"maxAttempts\": 1.5}",
                "{\"topic\": \"t\", \"maxAttempts\": true}",
                "{\"topic\": \"t\", \"maxAttempts\": 99999999999}",
                "{\"topic\": \"t\", \"maxAttempts\": \"\"}",
                "{\"topic\": \"t\", \"kind\": 0}",
                "{\"topic\": \"t\", \"kind\": \"queue\"}",
                "{\"topic\": \"t\", \"kind\": \"\"}",
                "{\"topic\": \"t\", \"schedule\": [30]}",
                "{\"topic\": \"t\", \"schedule\": [\"30s\"]}",
                "{\"topic\": \"t\", \"schedule\": \"PT30S\"}",
                "{\"topic\": \"t\", \"schedule\": {}}",
                "{\"topic\": \"t\", \"retired\": \"true\"}",
                "{\"topic\": \"t\", \"retired\": 1}",
                "{\"topic\": \"t\", \"topic\": \"t\"}",
                "{\"topic\": \"t\", \"priority\": 9}"
            })
    void aRegistrationThatIsNotWhatItShouldBeIsMalformed(String body) {
        of(MALFORMED_REQUEST, consumer.put("/subscriptions/malformed", body));
    }

    @Test
    void theDetailNamesTheMember() {
        assertThat(detail(consumer.put("/subscriptions/malformed", "{\"topic\": \"t\", \"priority\": 9}")))
                .contains("'priority'");
        assertThat(detail(consumer.put("/subscriptions/malformed", "{\"topic\": \"t\", \"kind\": \"FAX\"}")))
                .contains("'kind'", "QUEUE");
        assertThat(detail(consumer.put("/subscriptions/malformed", "{\"topic\": \"t\", \"schedule\": [\"30s\"]}")))
                .contains("'schedule.0'", "PT30S");
        assertThat(detail(producer.post("/messages/prepare", "{\"priority\": 9}")))
                .contains("'priority'");
    }

    private static String detail(Answer answer) {
        return of(MALFORMED_REQUEST, answer).text("detail");
    }

    private static final List<Charset> OTHER_CHARSETS = List.of(UTF_16, UTF_16BE, Charset.forName("UTF-32"));

    @ParameterizedTest
    @FieldSource("OTHER_CHARSETS")
    void aBodyIsUtf8(Charset other) {
        of(
                MALFORMED_REQUEST,
                producer.post(
                        "/messages/prepare",
                        json(route.message(MessageFlow.newId())).getBytes(other)));
        of(MALFORMED_REQUEST, consumer.post("/messages/ack", "{\"id\": \"x\"}".getBytes(other)));
        of(MALFORMED_REQUEST, consumer.put("/subscriptions/s", "{\"topic\": \"t\"}".getBytes(other)));
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        var latin = "{\"topic\": \"caf\u00e9\"}".getBytes(ISO_8859_1);

        of(MALFORMED_REQUEST, producer.post("/messages/prepare", latin));
        of(MALFORMED_REQUEST, consumer.put("/subscriptions/malformed", latin));
    }

    @Test
    void aPayloadIsAsDeepAsTheReaderGoesAndNotDeeper() {
        of(MALFORMED_REQUEST, producer.post("/messages/prepare", nested(501)));
        of(MALFORMED_REQUEST, producer.post("/messages/prepare", nested(100_000)));
        producer.post("/messages/prepare", nested(499)).is(201);
    }

    private String nested(int depth) {
        return """
                {"topic": "%s", "key": "deep", "payload": %s%s}""".formatted(route.topic(), "[".repeat(depth), "]".repeat(depth));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "two\\nlines"})
    void textThatTheLedgerCannotKeepIsRefusedEverywhere(String text) {
        var id = route.confirmed();
        var receipt = "{\"subscription\": \"%s\", \"id\": \"%s\"".formatted(text, id);
        callersFault(consumer.post("/messages/ack", receipt + "}"));
        callersFault(consumer.post("/messages/%s/ack".formatted(id), receipt + "}"));
        callersFault(consumer.post("/messages/reject", receipt + ", \"code\": \"NO\"}"));
        callersFault(producer.post("/messages/confirm", "{\"id\": \"%s\"}".formatted(text)));
        callersFault(consumer.put("/subscriptions/s", "{\"topic\": \"%s\"}".formatted(text)));
        callersFault(producer.put("/topics/t", "{\"consumers\": [\"%s\"]}".formatted(text)));
        for (var member : List.of("topic", "key", "checkRef", "contentType")) {
            var message = new java.util.HashMap<>(route.message(MessageFlow.newId()));
            message.put(member, "MEMBER");
            of(INVALID_REQUEST, producer.post("/messages/prepare", json(message).replace("MEMBER", text)));
        }
    }

    private static void callersFault(Answer answer) {
        assertThat(answer.status()).isBetween(400, 499);
        of(ProblemType.fromUri(answer.text("type")).orElseThrow(), answer);
    }

    private static String json(Object value) {
        return new tools.jackson.databind.json.JsonMapper().writeValueAsString(value);
    }
}
