package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.IDEMPOTENCY_KEY_REUSED;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static io.reliablemessage.contract.CaseList.MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What counts as the same content, and what a key makes repeatable. */
final class ContentCases {

    private static final String PREPARE = "/messages/prepare";
    private static final String MESSAGE = """
            {"id": "%s", "topic": "%s", "key": "A", "payload": {"a": 1}, "headers": {"a": "1", "b": "2"}}""";

    private final CaseList cases = new CaseList("content");

    private ContentCases() {}

    static List<ContractCase> all() {
        var contents = new ContentCases();
        contents.same("with its members in another order", """
                {"payload": {"a": 1}, "headers": {"a": "1", "b": "2"}, "key": "A", "id": "%s", "topic": "%s"}""");
        contents.same("with other blanks between its members", MESSAGE.replace(", ", "  ,\n"));
        contents.same(
                "with its headers in another order",
                MESSAGE.replace("\"a\": \"1\", \"b\": \"2\"", "\"b\":\"2\",\"a\":\"1\""));
        contents.same("with an escaped letter in its key", MESSAGE.replace("\"A\"", "\"\\u0041\""));
        contents.same(
                "in another trace", with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        contents.same("with nulls", MESSAGE.replace("\"key\"", "\"delay\": null, \"checkRef\": null, \"key\""));
        contents.other("with another blank in its payload", MESSAGE.replace("{\"a\": 1}", "{\"a\":1}"));
        contents.other("with another number of the same value", MESSAGE.replace("{\"a\": 1}", "{\"a\": 1.0}"));
        contents.other("with the default content type", with("contentType", "application/json"));
        contents.other("with a delay", with("delay", "PT1S"));
        contents.other("with another check time", with("checkAfter", "PT1M"));
        contents.other("with a check reference", with("checkRef", "1"));
        contents.other("without headers", MESSAGE.replace(", \"headers\": {\"a\": \"1\", \"b\": \"2\"}", ""));
        contents.other("with another header", MESSAGE.replace("\"2\"", "\"3\""));
        contents.keys();
        return contents.cases.all();
    }

    private static String with(String member, String value) {
        return MESSAGE.replace("\"key\"", "\"%s\": \"%s\", \"key\"".formatted(member, value));
    }

    private void same(String name, String again) {
        cases.add("the same " + name, session -> twice(session, again).is(200).has("state", "PENDING_CONFIRM"));
    }

    private void other(String name, String again) {
        cases.add("other: " + name, session -> twice(session, again).isProblem(CONTENT_DIFFERS));
    }

    private static Answer twice(Session session, String again) {
        var id = Session.newId();
        session.post(Caller.PRODUCER, PREPARE, MESSAGE.formatted(id, session.topic()))
                .is(201);
        return session.post(Caller.PRODUCER, PREPARE, again.formatted(id, session.topic()));
    }

    private void keys() {
        for (var path : List.of(PREPARE, "/messages")) {
            cases.add("a key makes %s repeatable".formatted(path), session -> {
                var key = newKey();
                var first = keyed(session, path, key, "A").is(201);
                keyed(session, path, key, "A").is(200).has("id", first.text("id"));
                keyed(session, path, key, "B").isProblem(IDEMPOTENCY_KEY_REUSED).has("messageId", first.text("id"));
            });
        }
        cases.add("another key is another message", session -> {
            var first = keyed(session, PREPARE, newKey(), "A").is(201).text("id");
            var second = keyed(session, PREPARE, newKey(), "A").is(201).text("id");
            assertThat(second).isNotEqualTo(first);
        });
        cases.add("a key of a cancelled message stays used", session -> {
            var key = newKey();
            var id = keyed(session, PREPARE, key, "A").is(201).text("id");
            session.post(Caller.PRODUCER, "/messages/cancel", Map.of("id", id)).is(200);
            keyed(session, PREPARE, key, "A").isProblem(TRANSITION_REFUSED).has("state", "CANCELLED");
        });
        for (var wrong : List.of("a b", " ", "k".repeat(256))) {
            cases.add(
                    "the key '%.10s' is refused".formatted(wrong),
                    session -> keyed(session, PREPARE, wrong, "A").isProblem(INVALID_REQUEST));
        }
        cases.add(
                "a key beside an id is refused",
                session -> session.call(
                                "POST",
                                Caller.PRODUCER,
                                PREPARE,
                                session.message(Session.newId()),
                                "Idempotency-Key",
                                newKey())
                        .isProblem(INVALID_REQUEST));
        cases.add(
                "a key for an array is refused",
                session -> session.call("POST", Caller.PRODUCER, PREPARE, List.of(), "Idempotency-Key", newKey())
                        .isProblem(INVALID_REQUEST));
    }

    private static Answer keyed(Session session, String path, String key, String businessKey) {
        var message = CaseList.message(session, Map.of("id", MISSING, "key", businessKey));
        return session.call("POST", Caller.PRODUCER, path, message, "Idempotency-Key", key);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
