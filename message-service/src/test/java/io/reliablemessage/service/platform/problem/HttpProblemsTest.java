package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.NOT_ACCEPTABLE;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.reliablemessage.service.platform.problem.Refusal.of;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a call as HTTP has it: the answer is a problem of a known type. */
class HttpProblemsTest {

    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final Api producer = service.as(Key.PRODUCER);
    private final Api consumer = service.as(Key.CONSUMER);

    @ParameterizedTest
    @ValueSource(strings = {"%F0%9F", "%ED%A0%80", "%C0%80", "%FF"})
    void aQueryThatIsNoUtf8IsMalformed(String key) {
        of(MALFORMED_REQUEST, service.as(Key.NOTHING).get("/admin/messages?key=" + key));
        of(MALFORMED_REQUEST, service.as(Key.NOTHING).get("/admin/messages/count?key=" + key));
    }

    @Test
    void aMethodThatIsNotThereIsAnsweredWithThoseThatAre() {
        var id = MessageFlow.newId();

        assertThat(allowedBy(call("DELETE", "/messages/prepare"))).containsExactly("POST");
        assertThat(allowedBy(call("GET", "/messages/confirm"))).containsExactly("POST");
        assertThat(allowedBy(call("PUT", "/messages/" + id))).containsExactly("GET");
        assertThat(allowedBy(call("PATCH", "/topics/orders")))
                .singleElement()
                .asString()
                .contains("PUT", "DELETE");
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
    @ValueSource(strings = {"text/html", "application/xml", "image/*", "nonsense", "application/json;charset=nonsense"})
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

    /** JSON is UTF-8, whatever charset somebody asks for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=ISO-8859-1",
                "application/json;charset=UTF-16",
                "application/json;charset=UTF-32;q=0.3",
                "application/json;profile=x",
                "*/*;charset=GBK",
                "text/html, application/*;charset=UTF-32;q=0.1"
            })
    void noAcceptedParameterMakesACallFailThatIsDone(String accepted) {
        var id = MessageFlow.newId();

        var sent = producer.call("POST", "/messages", route.message(id), "Accept", accepted);

        assertThat(sent.is(201).headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(sent.id()).isEqualTo(id);
        var problem = producer.call("POST", "/messages", java.util.Map.of(), "Accept", accepted);
        of(ProblemType.INVALID_REQUEST, problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=GBK",
                "application/json;charset=UTF-16",
                "application/json;charset=iso-8859-1",
                "application/json;charset=nonsense"
            })
    void aBodyInAnotherCharsetIsRefused(String type) {
        var id = MessageFlow.newId();

        for (var path : List.of("/messages/prepare", "/messages", "/messages/confirm")) {
            of(UNSUPPORTED_MEDIA_TYPE, declared(path, "Content-Type", type, id));
        }
        route.get(id).is(ProblemType.MESSAGE_NOT_FOUND);
        of(
                UNSUPPORTED_MEDIA_TYPE,
                Api.exchange(producer.request("/topics/" + route.topic())
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofString("{}"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/json;profile=x"
            })
    void aBodyInUtf8MaySaySo(String type) {
        declared("/messages/prepare", "Content-Type", type, MessageFlow.newId()).is(201);
    }

    @Test
    void aCompressedBodyIsRefused() {
        for (var encoding : List.of("gzip", "deflate", "br", "identity, gzip", "nonsense")) {
            var answer = declared("/messages/prepare", "Content-Encoding", encoding, MessageFlow.newId());

            assertThat(of(UNSUPPORTED_MEDIA_TYPE, answer).text("detail")).contains("Content-Encoding");
        }
        declared("/messages/prepare", "Content-Encoding", "identity", MessageFlow.newId())
                .is(201);
    }

    private Answer declared(String path, String header, String value, String id) {
        var request = producer.request(path).POST(BodyPublishers.ofString(json(route.message(id))));
        if (!header.equals("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return Api.exchange(request.header(header, value));
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
        for (var answer : List.of(producer.get(path), service.asNobody().get(path))) {
            assertThat(of(MALFORMED_REQUEST, answer).text("detail"))
                    .startsWith("The path ")
                    .contains("';'", "%2F", "'//'", "control characters");
        }
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

    private Answer call(String method, String path) {
        return Api.exchange(producer.request(path).method(method, BodyPublishers.noBody()));
    }

    private static String json(Object value) {
        return new tools.jackson.databind.json.JsonMapper().writeValueAsString(value);
    }
}
