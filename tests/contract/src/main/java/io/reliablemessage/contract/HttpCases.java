package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.NOT_ACCEPTABLE;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/** Keys, roles, paths, methods and types. */
final class HttpCases {

    private static final String PREPARE = "/messages/prepare";
    private static final String ID = "018f2c5e-8d5c-7c3a-9d41-3f0a6b8e2c51";

    private final CaseList cases = new CaseList("http");

    private HttpCases() {}

    static List<ContractCase> all() {
        var http = new HttpCases();
        http.keys();
        http.roles();
        http.paths();
        http.types();
        http.bodies();
        return http.cases.all();
    }

    private void keys() {
        for (var path : List.of("/messages/" + ID, "/nowhere")) {
            cases.add(
                    "no key, " + path,
                    session -> assertThat(Session.exchange(session.request(path).GET())
                                    .isProblem(UNAUTHENTICATED)
                                    .headers()
                                    .firstValue("WWW-Authenticate"))
                            .hasValue("Bearer"));
        }
        for (var authorization : List.of("Bearer unknown", "Bearer ", "Basic c2hvcDpzZWNyZXQ=", "unknown")) {
            cases.add(
                    "the authorization '%s'".formatted(authorization),
                    session -> Session.exchange(session.request("/messages/" + ID)
                                    .header("Authorization", authorization)
                                    .GET())
                            .isProblem(UNAUTHENTICATED));
        }
        cases.add(
                "two Idempotency-Keys",
                session -> Session.exchange(session.request(Caller.PRODUCER, PREPARE)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "one")
                                .header("Idempotency-Key", "two")
                                .POST(BodyPublishers.ofByteArray(Session.bytes(session.message(Session.newId())))))
                        .isProblem(MALFORMED_REQUEST));
        cases.add(
                "two keys",
                session -> Session.exchange(session.request(Caller.PRODUCER, "/messages/" + ID)
                                .header("Authorization", "Bearer another")
                                .GET())
                        .isProblem(MALFORMED_REQUEST));
    }

    private void roles() {
        for (var path : List.of("/topics/t", "/application")) {
            cases.add(
                    "a consumer puts " + path,
                    session -> session.put(Caller.CONSUMER, path, Map.of()).isProblem(FORBIDDEN));
        }
        cases.add(
                "a consumer deletes a topic",
                session -> session.delete(Caller.CONSUMER, "/topics/t").isProblem(FORBIDDEN));
        cases.add(
                "a producer subscribes",
                session -> session.put(Caller.PRODUCER, "/subscriptions/s", Map.of("topic", "t"))
                        .isProblem(FORBIDDEN));
    }

    private void paths() {
        for (var path : List.of(
                "/nowhere",
                "/messages/x",
                "/messages/1-2-3-4-5",
                "/messages/" + ID + "/nowhere",
                "/messages/x/timeline",
                "/topics",
                "/subscriptions/a/b")) {
            cases.add(
                    "nothing is at " + path,
                    session -> session.get(Caller.PRODUCER, path).isProblem(NOT_FOUND));
        }
        for (var path : List.of("/messages/x/confirm", "/messages/" + ID + "x/ack", "/messages/nothing")) {
            cases.add(
                    "nothing takes a post to " + path,
                    session -> session.post(Caller.PRODUCER, path, Map.of()).isProblem(NOT_FOUND));
        }
        for (var path :
                List.of("/messages", PREPARE, "/messages/confirm", "/messages/" + ID + "/ack", "/application")) {
            cases.add(
                    "nobody gets " + path,
                    session -> assertThat(session.get(Caller.PRODUCER, path)
                                    .isProblem(METHOD_NOT_ALLOWED)
                                    .headers()
                                    .firstValue("Allow"))
                            .isPresent());
        }
        cases.add(
                "nobody posts to a message",
                session -> session.post(Caller.PRODUCER, "/messages/" + ID, Map.of())
                        .isProblem(METHOD_NOT_ALLOWED));
    }

    private void types() {
        for (var type : List.of("text/plain", "application/xml", "application/json;charset=iso-8859-1", "json")) {
            typed(type, UNSUPPORTED_MEDIA_TYPE);
        }
        cases.add(
                "no content type",
                session -> Session.exchange(session.request(Caller.PRODUCER, PREPARE)
                                .POST(BodyPublishers.ofByteArray(Session.bytes(session.message(Session.newId())))))
                        .isProblem(UNSUPPORTED_MEDIA_TYPE));
        for (var type :
                List.of("application/json;charset=utf-8", "application/json; charset=UTF-8", "APPLICATION/JSON")) {
            cases.add(
                    "the content type " + type,
                    session -> posted(session, "Content-Type", type).is(201));
        }
        cases.add(
                "a compressed body",
                session -> session.call(
                                "POST",
                                Caller.PRODUCER,
                                PREPARE,
                                session.message(Session.newId()),
                                "Content-Encoding",
                                "gzip")
                        .isProblem(UNSUPPORTED_MEDIA_TYPE));
        for (var accept : List.of("application/json", "*/*", "application/*", "text/html, */*;q=0.1")) {
            cases.add(
                    "accepting " + accept,
                    session -> session.call(
                                    "POST",
                                    Caller.PRODUCER,
                                    PREPARE,
                                    session.message(Session.newId()),
                                    "Accept",
                                    accept)
                            .is(201));
        }
        cases.add(
                "accepting text/html",
                session -> session.call(
                                "POST",
                                Caller.PRODUCER,
                                PREPARE,
                                session.message(Session.newId()),
                                "Accept",
                                "text/html")
                        .isProblem(NOT_ACCEPTABLE));
    }

    private void typed(String type, ProblemType problem) {
        cases.add(
                "the content type %s: %s".formatted(type, problem),
                session -> posted(session, "Content-Type", type).isProblem(problem));
    }

    private static Answer posted(Session session, String header, String value) {
        return Session.exchange(session.request(Caller.PRODUCER, PREPARE)
                .header(header, value)
                .POST(BodyPublishers.ofByteArray(Session.bytes(session.message(Session.newId())))));
    }

    private void bodies() {
        for (var body :
                List.of("", " ", "{", "5", "\"x\"", "null", "{} {}", "{\"topic\"}", "{'topic': 't'}", "\ufeff{}")) {
            for (var path : List.of(PREPARE, "/messages/confirm")) {
                cases.add(
                        "the body '%s' to %s".formatted(body, path),
                        session -> session.post(Caller.PRODUCER, path, body).isProblem(MALFORMED_REQUEST));
            }
            cases.add(
                    "the body '%s' of a topic".formatted(body),
                    session -> session.put(Caller.PRODUCER, "/topics/" + Session.newName("topic"), body)
                            .isProblem(MALFORMED_REQUEST));
        }
        cases.add(
                "a body that is not UTF-8",
                session -> session.post(
                                Caller.PRODUCER, PREPARE, new byte[] {'{', '"', (byte) 0xe4, '"', ':', '1', '}'})
                        .isProblem(MALFORMED_REQUEST));
        for (var call : List.of("confirm", "cancel")) {
            decision(call, "nonsense", MALFORMED_REQUEST);
            decision(call, "{\"id\": \"%s\"}".formatted(ID), INVALID_REQUEST);
            cases.add("a %s by path whose body names the same message".formatted(call), session -> {
                var id = session.messageIn(Situation.PENDING_CONFIRM);
                session.post(Caller.PRODUCER, "/messages/%s/%s".formatted(id, call), Map.of("id", id))
                        .is(200);
            });
        }
        cases.add(
                "a query is ignored",
                session -> session.get(
                                Caller.PRODUCER, "/messages/%s?a=b".formatted(session.messageIn(Situation.SENDING)))
                        .is(200));
    }

    private void decision(String call, String body, ProblemType problem) {
        cases.add("a %s by path with the body %s: %s".formatted(call, body, problem), session -> {
            var id = session.messageIn(Situation.PENDING_CONFIRM);
            session.post(Caller.PRODUCER, "/messages/%s/%s".formatted(id, call), body)
                    .isProblem(problem);
            session.get(Caller.PRODUCER, "/messages/" + id).has("state", "PENDING_CONFIRM");
        });
    }
}
