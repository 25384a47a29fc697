package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.contract.CaseList.MISSING;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The members of a message: which there are, and how large they may be. */
final class MemberCases {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int NESTED = 499;

    private final CaseList cases = new CaseList("a message");

    private MemberCases() {}

    static List<ContractCase> all() {
        var members = new MemberCases();
        members.ids();
        members.topics();
        members.keys();
        members.payloads();
        members.contentTypes();
        members.others();
        return members.cases.all();
    }

    private void ids() {
        cases.add(
                "without an id gets one",
                session -> session.post(
                                Caller.PRODUCER, "/messages/prepare", CaseList.message(session, Map.of("id", MISSING)))
                        .is(201)
                        .hasMembers("id"));
        cases.add("with an id in capitals is found in lower case", session -> {
            var id = Session.newId();
            session.post(Caller.PRODUCER, "/messages/prepare", session.message(id.toUpperCase(Locale.ROOT)))
                    .is(201)
                    .has("id", id);
            session.get(Caller.PRODUCER, "/messages/" + id).is(200);
        });
        for (var wrong : List.of("", "x", "1-2-3-4-5", "018f2c5e-8d5c-4c3a-9d41-3f0a6b8e2c51")) {
            cases.refuses(INVALID_REQUEST, "with the id '%s'".formatted(wrong), "id", wrong);
        }
        cases.refuses(MALFORMED_REQUEST, "with a number as id", "id", 5);
    }

    private void topics() {
        cases.refuses(INVALID_REQUEST, "without a topic", "topic", MISSING);
        cases.refuses(INVALID_REQUEST, "with a topic of 256 bytes", "topic", "t".repeat(256));
        cases.refuses(TOPIC_NOT_FOUND, "to an unknown topic", "topic", "nobody.knows");
        cases.refuses(TOPIC_NOT_FOUND, "to a topic of no possible name", "topic", "-");
        cases.add(
                "to another application's topic",
                session -> session.post(
                                Caller.PRODUCER,
                                "/messages/prepare",
                                session.message(Caller.OTHER_PRODUCER, Session.newId()))
                        .isProblem(TOPIC_NOT_FOUND));
        for (var path : List.of("/messages/prepare", "/messages")) {
            cases.add("to a topic that nobody subscribes to, by " + path, session -> {
                var topic = Session.newName("topic");
                session.put(Caller.PRODUCER, "/topics/" + topic, Map.of()).is(200);
                session.post(Caller.PRODUCER, path, CaseList.message(session, Map.of("topic", topic)))
                        .isProblem(NO_SUBSCRIPTION);
            });
        }
    }

    private void keys() {
        for (var character : List.of("a", "é", "中", "😀")) {
            cases.accepts("with a key of 255 bytes of " + character, "key", Bytes.of(character, 255));
            cases.refuses(INVALID_REQUEST, "with a key of 256 bytes of " + character, "key", Bytes.of(character, 256));
        }
        cases.refuses(INVALID_REQUEST, "without a key", "key", MISSING);
        for (var wrong : List.of("", " ", "a\nb", "a\u0000", "a\u202eb", "\u2800")) {
            cases.refuses(INVALID_REQUEST, "with the key " + escaped(wrong), "key", wrong);
        }
    }

    private void payloads() {
        cases.add(
                "with null as payload",
                session -> session.post(
                                Caller.PRODUCER,
                                "/messages/prepare",
                                "{\"topic\": \"%s\", \"key\": \"A\", \"payload\": null}".formatted(session.topic()))
                        .is(201));
        cases.refuses(INVALID_REQUEST, "without a payload", "payload", MISSING);
        for (var character : List.of("a", "é", "中", "😀")) {
            var largest = Bytes.of(character, MEBIBYTE);
            cases.accepts("with a mebibyte of " + character, Map.of("payload", largest, "payloadEncoding", "text"));
            cases.refuses(
                    TOO_LARGE,
                    "with a byte more of " + character,
                    Map.of("payload", "x" + largest, "payloadEncoding", "text"));
            cases.refuses(TOO_LARGE, "with a mebibyte and quotes of " + character, "payload", largest);
        }
        for (var more : List.of(0, 1)) {
            var payload = Base64.getEncoder().encodeToString(new byte[MEBIBYTE + more]);
            var members = Map.of("payload", payload, "payloadEncoding", "base64");
            if (more == 0) {
                cases.accepts("with a mebibyte in base64", members);
            } else {
                cases.refuses(TOO_LARGE, "with a byte more in base64", members);
            }
        }
        cases.refuses(INVALID_REQUEST, "with base64 that is none", Map.of("payload", "*", "payloadEncoding", "base64"));
        cases.refuses(INVALID_REQUEST, "with an unknown encoding", Map.of("payload", "x", "payloadEncoding", "hex"));
        cases.refuses(INVALID_REQUEST, "with an encoded number", Map.of("payload", 1, "payloadEncoding", "text"));
        nested(NESTED, 201);
        nested(NESTED + 1, MALFORMED_REQUEST.status());
    }

    private void nested(int depth, int status) {
        for (var isListed : List.of(false, true)) {
            cases.add("with a payload %d deep%s".formatted(depth, isListed ? ", in an array" : ""), session -> {
                var message = """
                        {"topic": "%s", "key": "deep", "payload": %s%s}""".formatted(session.topic(), "[".repeat(depth), "]".repeat(depth));
                session.post(Caller.PRODUCER, "/messages/prepare", isListed ? "[" + message + "]" : message)
                        .is(isListed && status == 201 ? 200 : status);
            });
        }
    }

    private void contentTypes() {
        for (var type : List.of(
                "application/json",
                "a/" + "b".repeat(253),
                "*/*",
                "*",
                "text/*",
                "text/plain; charset=utf-8",
                "text/plain;charset=\"UTF-8\"",
                "a/b;q=1",
                "a/b;c",
                "a/b; c=\"d e; f\"",
                "a/b+c.d;e=f")) {
            cases.accepts("with the content type " + type, "contentType", type);
        }
        var latin = "text/plain;charset=iso-8859-1";
        cases.refuses(INVALID_REQUEST, "as JSON with the content type " + latin, "contentType", latin);
        cases.refuses(
                INVALID_REQUEST,
                "as text with the content type " + latin,
                Map.of("contentType", latin, "payloadEncoding", "text", "payload", "a"));
        cases.accepts(
                "as bytes with the content type " + latin,
                Map.of("contentType", latin, "payloadEncoding", "base64", "payload", "5A=="));
        for (var type : List.of(
                "",
                "json",
                "a/",
                "/b",
                "a b/c",
                "*/b",
                "a/b;c=d e",
                "a/b;charset=nobody-knows",
                "a/b;q=2",
                "a/" + "b".repeat(254),
                "ä/b",
                "a/b\n")) {
            cases.refuses(INVALID_REQUEST, "with the content type " + escaped(type), "contentType", type);
        }
    }

    private void others() {
        cases.accepts("with a check reference of 128 bytes", "checkRef", Bytes.of("é", 128));
        cases.refuses(INVALID_REQUEST, "with a check reference of 129 bytes", "checkRef", Bytes.of("é", 129));
        for (var unseen : List.of("", " ", "\u200b", "\u3164", "a\u202eb")) {
            cases.refuses(INVALID_REQUEST, "with the check reference " + escaped(unseen), "checkRef", unseen);
        }
        cases.refuses(INVALID_REQUEST, "with a check reference of two lines", "checkRef", "a\nb");
        cases.accepts("with a trace that is none", Map.of("traceparent", "nonsense", "tracestate", "x"));
        cases.refuses(MALFORMED_REQUEST, "with a number as trace", "traceparent", 1);
        cases.refuses(MALFORMED_REQUEST, "with an unknown member", "surprise", 1);
        cases.refuses(MALFORMED_REQUEST, "with a member of another spelling", "Key", "A-1");
        cases.add(
                "with a member twice",
                session -> session.post(
                                Caller.PRODUCER,
                                "/messages/prepare",
                                "{\"topic\": \"%1$s\", \"topic\": \"%1$s\", \"key\": \"A\", \"payload\": 1}"
                                        .formatted(session.topic()))
                        .isProblem(MALFORMED_REQUEST));
        for (var member : List.of("topic", "key", "contentType", "payloadEncoding", "delay", "checkRef")) {
            cases.refuses(MALFORMED_REQUEST, "with a list as " + member, member, List.of());
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(one -> {
            if (one > ' ' && one < 127) {
                escaped.append((char) one);
            } else {
                escaped.append("\\u%04x".formatted(one));
            }
        });
        return "'" + (escaped.length() > 40 ? escaped.substring(0, 40) + "…" : escaped) + "'";
    }
}
