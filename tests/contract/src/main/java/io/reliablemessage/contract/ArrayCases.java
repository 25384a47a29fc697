package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Arrays: each item is answered in its place, and stops no other. */
final class ArrayCases {

    private static final List<String> STORING = List.of("/messages/prepare", "/messages");
    private static final List<String> DECIDING = List.of("/messages/confirm", "/messages/cancel");

    private final CaseList cases = new CaseList("an array");

    private ArrayCases() {}

    static List<ContractCase> all() {
        var arrays = new ArrayCases();
        STORING.forEach(path -> {
            arrays.bounds(path, Caller.PRODUCER);
            arrays.storing(path);
        });
        DECIDING.forEach(path -> {
            arrays.bounds(path, Caller.PRODUCER);
            arrays.deciding(path);
        });
        for (var path : List.of("/messages/ack", "/messages/reject")) {
            arrays.bounds(path, Caller.CONSUMER);
        }
        arrays.acknowledging();
        arrays.rejecting();
        return arrays.cases.all();
    }

    private void bounds(String path, Caller caller) {
        cases.add(
                "of nothing to " + path,
                session -> assertThat(session.post(caller, path, List.of())
                                .is(200)
                                .body()
                                .isEmpty())
                        .isTrue());
        cases.add(
                "of 501 to " + path,
                session -> session.post(caller, path, Collections.nCopies(501, Map.of("id", "x")))
                        .isProblem(INVALID_REQUEST));
        for (var broken : List.of("[{\"id\":\"x\"}", "[] []", "[,]")) {
            cases.add(
                    "that is broken (%s) to %s".formatted(broken, path),
                    session -> session.post(caller, path, broken).isProblem(MALFORMED_REQUEST));
        }
        cases.add("of what is no object to " + path, session -> {
            var answer = session.post(caller, path, "[5, null, \"x\", [], {}]").is(200);
            for (var place = 0; place < 4; place++) {
                answer.item(place).is(MALFORMED_REQUEST);
                answer.at("/" + place).hasNo("id");
            }
            answer.item(4).is(INVALID_REQUEST);
        });
    }

    private void storing(String path) {
        cases.add("of messages in and out of order to " + path, session -> {
            var stored = session.messageIn(Situation.PENDING_CONFIRM);
            var cancelled = session.messageIn(Situation.CANCELLED);
            var changed = session.message(stored);
            changed.put("key", "A-2");
            var freshId = Session.newId();
            var fresh = session.message(freshId);
            var unknownId = Session.newId();
            var unknown = session.message(unknownId);
            unknown.put("surprise", 1);
            var foreign = session.message(Caller.OTHER_PRODUCER, Session.newId());

            var answer = session.post(
                    Caller.PRODUCER,
                    path,
                    List.of(changed, fresh, unknown, session.message(cancelled), foreign, fresh));

            var state = path.endsWith("prepare") ? "PENDING_CONFIRM" : "SENDING";
            answer.item(0).is(CONTENT_DIFFERS).has("messageId", stored);
            answer.at("/0").has("id", stored);
            answer.item(1).is(200).has("id", freshId).has("state", state);
            answer.item(2).is(MALFORMED_REQUEST);
            answer.at("/2").has("id", unknownId);
            answer.item(3).is(TRANSITION_REFUSED).has("attempted", "PREPARE").has("state", "CANCELLED");
            answer.item(4).is(TOPIC_NOT_FOUND);
            answer.item(5).is(200).has("id", freshId).has("state", state);
        });
    }

    private void deciding(String path) {
        var step = path.substring("/messages/".length()).toUpperCase(Locale.ROOT);
        var isConfirm = step.equals("CONFIRM");
        cases.add("of messages in every situation to " + path, session -> {
            var pending = session.messageIn(Situation.PENDING_CONFIRM);
            var otherwise = session.messageIn(isConfirm ? Situation.CANCELLED : Situation.SENDING);
            var unknown = Session.newId();

            var answer = session.post(
                    Caller.PRODUCER, path, List.of(id(pending), id(otherwise), id(unknown), id(pending), id("x")));

            var state = isConfirm ? "SENDING" : "CANCELLED";
            answer.item(0).is(200).has("id", pending).has("state", state);
            answer.item(1)
                    .is(TRANSITION_REFUSED)
                    .has("messageId", otherwise)
                    .has("attempted", step)
                    .has("state", isConfirm ? "CANCELLED" : "SENDING");
            answer.at("/1").has("id", otherwise);
            answer.item(2).is(MESSAGE_NOT_FOUND).has("messageId", unknown);
            answer.item(3).is(200).has("id", pending).has("state", state);
            answer.item(4).is(INVALID_REQUEST);
            answer.at("/4").has("id", "x");
        });
    }

    private void acknowledging() {
        cases.add("of acks", session -> {
            var first = session.messageIn(Situation.SENDING);
            var rejected = session.messageIn(Situation.REJECTED);
            var pending = session.messageIn(Situation.PENDING_CONFIRM);

            var answer = session.post(
                    Caller.CONSUMER, "/messages/ack", List.of(id(first), id(rejected), id(pending), id(first)));

            answer.item(0)
                    .is(200)
                    .has("id", first)
                    .has("subscription", session.subscription())
                    .has("state", "CONSUMED");
            answer.item(1)
                    .is(TRANSITION_REFUSED)
                    .has("state", "REJECTED")
                    .has("attempted", "ACK")
                    .has("subscription", session.subscription());
            answer.item(2)
                    .is(TRANSITION_REFUSED)
                    .has("state", "PENDING_CONFIRM")
                    .hasNo("subscription");
            answer.item(3).is(200).has("state", "CONSUMED");
        });
    }

    private void rejecting() {
        cases.add("of rejects", session -> {
            var first = session.messageIn(Situation.SENDING);
            var consumed = session.messageIn(Situation.CONSUMED);

            var answer = session.post(
                    Caller.CONSUMER,
                    "/messages/reject",
                    List.of(Map.of("id", first, "code", "LATE"), id(first), Map.of("id", consumed, "code", "LATE")));

            answer.item(0).is(200).has("state", "REJECTED");
            answer.item(1).is(INVALID_REQUEST);
            answer.item(2).is(TRANSITION_REFUSED).has("state", "CONSUMED");
        });
    }

    private static Map<String, String> id(String id) {
        return Map.of("id", id);
    }
}
