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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every faulty call is answered with a problem (RFC 9457) of a known type. */
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

    @Test
    void whatIsNoJsonIsExplainedWithoutTheParser() {
        for (var body : List.of(
                "/* comment */ {}",
                "// comment",
                "# comment",
                "{\"payload\": NaN}",
                "{\"payload\": -Infinity}",
                "{\"payload\": +1}",
                "{\"payload\": .5}",
                "{\"payload\": 1.}",
                "{\"payload\": 01}",
                "{\"payload\": [1,]}",
                "{\"payload\": [,1]}",
                "{'payload': 1}",
                "{payload: 1}",
                "{\"payload\": \"\t\"}",
                "{\"payload\": \"\\x\"}",
                "{\"payload\": [1",
                "{\"payload\": \"a",
                "{\"payload\": nul}",
                "{\"payload\": 1}}",
                nested(501))) {
            for (var answer : List.of(
                    producer.post("/messages/prepare", body),
                    producer.post("/messages/prepare", "[" + body + "]"),
                    consumer.put("/subscriptions/malformed", body))) {
                assertThat(detail(answer))
                        .as(body)
                        .doesNotContain("`", "enable", "disable", "parser", "maybe", "REDACTED")
                        .containsAnyOf("line 1, column", "after the JSON", "Unknown member", "deep");
            }
        }
        assertThat(detail(producer.post("/messages/prepare", "{\"payload\": NaN}")))
                .contains("NaN", "column");
        assertThat(detail(producer.post("/messages/prepare", nested(501)))).contains("deep", "500");
    }

    @Test
    void theDetailSaysWhichTimesAndDurationsAreTaken() {
        for (var time : List.of(
                "2026-01-31T10:00:60Z",
                "2026-01-31T10:00:00-23:59",
                "2026-01-31T10:00:00.0123456789Z",
                "2026-01-31",
                "2026-01-31T10:00:00")) {
            assertThat(producer.post("/messages/prepare", with("deliverAt", time))
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains("deliverAt", "59", "nine digits", "18:00", "2026-01-31T08:00:00Z");
        }
        assertThat(service.as(Key.EVERYTHING)
                        .post(
                                "/admin/operations/preview",
                                Map.of("action", "RESEND", "filter", Map.of("from", "2026-01-31T10:00:60Z")))
                        .is(MALFORMED_REQUEST)
                        .text("detail"))
                .contains("'filter.from'", "59", "nine digits", "18:00");
        for (var duration : List.of("P1W", "P1M", "P1Y", "30s")) {
            assertThat(producer.post("/messages/prepare", with("delay", duration))
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains("delay", "days", "no weeks", "PT30S");
            assertThat(detail(producer.put("/topics/t", Map.of("checkAfter", duration))))
                    .contains("'checkAfter'", "days", "no weeks", "PT30S");
        }
    }

    private Map<String, Object> with(String member, Object value) {
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.put(member, value);
        return message;
    }

    /** It would widen what is done, as if it were left out. */
    @Test
    void aConditionIsNotNull() {
        var operator = service.as(Key.EVERYTHING);
        for (var condition : List.of(
                "state",
                "overdue",
                "suspect",
                "topic",
                "subscription",
                "producer",
                "key",
                "cause",
                "minAttempts",
                "ids",
                "olderThan",
                "from",
                "to")) {
            for (var path : List.of("/admin/operations/preview", "/admin/operations")) {
                var filter = "{\"action\": \"RESEND\", \"filter\": {\"%s\": null}}".formatted(condition);

                assertThat(detail(operator.post(path, filter))).contains("'filter.%s'".formatted(condition), "null");
            }
        }
        assertThat(detail(operator.post(
                        "/admin/operations/preview", "{\"action\": \"RESEND\", \"filter\": {\"ids\": [null]}}")))
                .contains("'filter.ids", "null");
        for (var step : List.of("resend", "discard")) {
            assertThat(detail(operator.post(
                            "/admin/messages/%s/%s".formatted(route.dead(), step),
                            "{\"subscription\": null, \"reason\": \"a test\"}")))
                    .contains("'subscription'", "null");
        }
    }

    /** A consumer would read UTF-8 by it. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=iso-8859-1", "application/json; charset=GBK", "a/b;charset=us-ascii"})
    void aPayloadInUtf8IsNotDeclaredOtherwise(String type) {
        var message = with("contentType", type);

        assertThat(of(INVALID_REQUEST, producer.post("/messages/prepare", message))
                        .text("detail"))
                .contains("contentType", "UTF-8", "base64");
        message.put("payload", "text");
        message.put("payloadEncoding", "text");
        of(INVALID_REQUEST, producer.post("/messages/prepare", message));
        message.put("payload", "6Q==");
        message.put("payloadEncoding", "base64");
        producer.post("/messages/prepare", message).is(201);
        message = with("contentType", "text/plain; charset=\"utf-8\"");
        producer.post("/messages/prepare", message).is(201);
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
            var message = new HashMap<>(route.message(MessageFlow.newId()));
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
