package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.NOT_ACCEPTABLE;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.reliablemessage.service.platform.problem.Refusal.of;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.util.HtmlUtils.htmlEscape;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a call, and whoever notices it: the answer is a problem (RFC 9457) of a known type. */
@Tag("ledger")
class ProblemsTest {

    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

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

    @ParameterizedTest
    @ValueSource(strings = {"%F0%9F", "%ED%A0%80", "%C0%80", "%FF"})
    void aQueryThatIsNoUtf8IsMalformed(String key) {
        of(MALFORMED_REQUEST, service.as(Key.NOTHING).get("/admin/messages?key=" + key));
        of(MALFORMED_REQUEST, service.as(Key.NOTHING).get("/admin/messages/count?key=" + key));
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

    @Test
    void aMethodThatIsNotThereIsAnsweredWithThoseThatAre() {
        var id = MessageFlow.newId();

        assertThat(allowedBy(call("DELETE", "/messages/prepare"))).containsExactly("POST");
        assertThat(allowedBy(call("GET", "/messages/confirm"))).containsExactly("POST");
        assertThat(allowedBy(call("PUT", "/messages/" + id))).containsExactly("GET");
        assertThat(allowedBy(call("PATCH", "/topics/orders"))).containsExactly("PUT");
    }

    private static List<String> allowedBy(Answer answer) {
        return of(METHOD_NOT_ALLOWED, answer).headers().allValues("Allow");
    }

    @Test
    void headAndOptionsAreAnsweredAsHttpWants() {
        var id = route.pending();

        call("HEAD", "/messages/" + id).is(200);
        call("HEAD", "/messages/" + MessageFlow.newId()).is(404);
        assertThat(call("OPTIONS", "/messages/" + id).is(200).headers().firstValue("Allow"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("GET"));
        of(
                UNAUTHENTICATED,
                Api.exchange(service.asNobody().request("/messages/" + id).method("OPTIONS", BodyPublishers.noBody())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "jason"
            })
    void aBodyIsDeclaredAsJson(String type) {
        var body = BodyPublishers.ofString(json(route.message(MessageFlow.newId())));

        of(
                UNSUPPORTED_MEDIA_TYPE,
                Api.exchange(producer.request("/messages/prepare")
                        .header("Content-Type", type)
                        .POST(body)));
        of(
                UNSUPPORTED_MEDIA_TYPE,
                Api.exchange(consumer.request("/subscriptions/s")
                        .header("Content-Type", type)
                        .PUT(body)));
    }

    @Test
    void aBodyThatIsNotDeclaredAtAllIsRefused() {
        var body = BodyPublishers.ofString(json(route.message(MessageFlow.newId())));

        of(
                UNSUPPORTED_MEDIA_TYPE,
                Api.exchange(producer.request("/messages/prepare").POST(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "image/*", "nonsense"})
    void whoAcceptsNoJsonIsToldBeforeAnythingIsDone(String accepted) {
        var id = MessageFlow.newId();

        of(NOT_ACCEPTABLE, producer.call("POST", "/messages", route.message(id), "Accept", accepted));
        route.get(id).is(ProblemType.MESSAGE_NOT_FOUND);

        var pending = route.pending();
        of(
                NOT_ACCEPTABLE,
                Api.exchange(producer.request("/messages/%s/confirm".formatted(pending))
                        .header("Accept", accepted)
                        .POST(BodyPublishers.noBody())));
        route.get(pending).hasState(io.reliablemessage.api.MessageState.PENDING_CONFIRM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/unknown",
                "/messages/not-an-id",
                "/messages/1-2-3-4-5",
                "/messages/prepare/",
                "/Messages/prepare",
                "/actuator/env",
                "/problems/unheard-of",
                "/error",
                "/favicon.ico"
            })
    void whereNothingIsNothingIsFound(String path) {
        assertThat(
                        path.startsWith("/messages/prepare") || path.equals("/Messages/prepare")
                                ? of(NOT_FOUND, call("POST", path)).status()
                                : of(NOT_FOUND, producer.get(path)).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//messages/prepare",
                "/messages//prepare",
                "/topics/a%2Fb",
                "/topics/a%252Fb",
                "/topics/a%5Cb",
                "/topics/a%00b",
                "/topics/a%0d%0ab",
                "/topics/..;/a",
                "/topics/a;v=1",
                "/topics/%2e%2e/a",
                "/swagger-ui/..%2f..%2fmessages"
            })
    void aPathWithTwoMeaningsIsMalformed(String path) {
        of(MALFORMED_REQUEST, producer.get(path));
        of(MALFORMED_REQUEST, service.asNobody().get(path));
    }

    @Test
    void aBodyEndsAtEightMebibytesWhetherItSaysSoOrNot() {
        var fits = padded(MAX_BODY_BYTES);
        var tooLarge = padded(MAX_BODY_BYTES + 1);

        producer.post("/messages/prepare", fits).is(201);
        of(TOO_LARGE, producer.post("/messages/prepare", tooLarge));
        of(TOO_LARGE, Api.exchange(chunked("/messages/prepare", tooLarge)));
        of(TOO_LARGE, Api.exchange(chunked("/topics/large", tooLarge)));
        Api.exchange(chunked("/messages/prepare", padded(MAX_BODY_BYTES))).is(201);
    }

    private java.net.http.HttpRequest.Builder chunked(String path, byte[] body) {
        return producer.request(path)
                .header("Content-Type", "application/json")
                .method(
                        path.startsWith("/topics") ? "PUT" : "POST",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    private byte[] padded(int length) {
        var body = new byte[length];
        java.util.Arrays.fill(body, (byte) ' ');
        var json = json(route.message(MessageFlow.newId())).getBytes(UTF_8);
        System.arraycopy(json, 0, body, length - json.length, json.length);
        return body;
    }

    @Test
    void aBodyMayWaitForTheServiceToAskForIt() {
        var request = producer.request("/messages/prepare")
                .expectContinue(true)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json(route.message(MessageFlow.newId()))));

        Api.exchange(request).is(201);
    }

    @ParameterizedTest
    @EnumSource(
            value = Key.class,
            names = {"PRODUCER", "CONSUMER", "WORKER", "NOTHING", "EVERYTHING"})
    void onlyAConsoleMaySpeakForAnOperator(Key key) {
        var caller = service.as(key);

        of(MALFORMED_REQUEST, caller.call("PUT", "/topics/t", Map.of(), "RM-Actor", "ada"));
        of(MALFORMED_REQUEST, caller.call("PUT", "/topics/t", Map.of(), "RM-Roles", "admin"));
        of(MALFORMED_REQUEST, caller.call("PUT", "/topics/t", Map.of(), "RM-Actor", "", "RM-Roles", ""));
    }

    @Test
    void aConsoleNamesItsOperator() {
        of(FORBIDDEN, console());
        of(FORBIDDEN, console("RM-Roles", "admin"));
        of(FORBIDDEN, console("RM-Actor", " "));
        of(MALFORMED_REQUEST, console("RM-Actor", "a".repeat(101)));
        of(MALFORMED_REQUEST, console("RM-Actor", "ada", "RM-Actor", "bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "consumer", "worker", "console", "viewer,worker", "boss", "admin,", ","})
    void aConsolePassesOnNoRolesButThoseOfOperators(String roles) {
        of(MALFORMED_REQUEST, console("RM-Actor", "ada", "RM-Roles", roles));
    }

    private Answer console(String... headers) {
        return service.as(Key.CONSOLE).call("POST", "/messages/prepare", route.message(MessageFlow.newId()), headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic c2hvcDpzZWNyZXQ=",
                "Digest x",
                "Token abc",
                "bearer:abc",
                "Bearer a b"
            })
    void whatIsNoLiveKeyAuthenticatesNobody(String authorization) {
        var request =
                service.asNobody().request("/messages/" + MessageFlow.newId()).header("Authorization", authorization);

        var answer = of(UNAUTHENTICATED, Api.exchange(request));

        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void theSchemeIsWrittenAsOneLikes() {
        var request = service.asNobody().request("/messages/" + route.pending());

        Api.exchange(request.header("Authorization", "bEARER " + Key.PRODUCER.value()))
                .is(200);
    }

    @Test
    void ofTwoKeysNoneCounts() {
        var request = producer.request("/messages/" + MessageFlow.newId());

        of(MALFORMED_REQUEST, Api.exchange(request.header("Authorization", "Bearer " + Key.WORKER.value())));
    }

    @ParameterizedTest
    @EnumSource
    void eachTypeHasAPageInTheReadersLanguageThatNeedsNoKey(ProblemType type) {
        assertThat(page(type.uri(), "en")).contains(htmlEscape(type.title()), htmlEscape(type.remedy()), "lang=\"en\"");
        assertThat(page(type.uri(), "zh-CN,zh;q=0.9,en;q=0.8"))
                .contains("怎么办", "lang=\"zh\"")
                .doesNotContain(htmlEscape(type.title()), htmlEscape(type.remedy()));
        assertThat(page("/problems", "fr")).contains("href=\"%s\"".formatted(type.uri()), htmlEscape(type.meaning()));
    }

    @Test
    void theReaderMayChooseTheLanguageOfAPage() {
        assertThat(page("/problems?lang=zh", "en")).contains("问题类型", "/problems/forbidden?lang=zh");
        assertThat(page("/problems/forbidden?lang=en", "zh")).contains("What to do", "/problems?lang=en");
        assertThat(page("/problems/forbidden?lang=%22%3E%3Cscript%3E", "zh")).doesNotContain("<script");
    }

    private String page(String path, String languages) {
        var page = Api.exchange(service.asNobody().request(path).header("Accept-Language", languages))
                .is(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().allValues("Vary")).contains("Accept-Language");
        return page.body().asString();
    }

    private Answer call(String method, String path) {
        return Api.exchange(producer.request(path).method(method, BodyPublishers.noBody()));
    }

    private static String json(Object value) {
        return new tools.jackson.databind.json.JsonMapper().writeValueAsString(value);
    }
}
