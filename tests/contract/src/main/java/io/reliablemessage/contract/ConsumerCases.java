package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.AMBIGUOUS_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import java.util.List;
import java.util.Map;

/** What consumers say about deliveries, and what they see. */
final class ConsumerCases {

    private static final String ACK = "/messages/%s/ack";
    private static final String REJECT = "/messages/%s/reject";

    private final CaseList cases = new CaseList("a consumer");

    private ConsumerCases() {}

    static List<ContractCase> all() {
        var consumers = new ConsumerCases();
        consumers.names();
        consumers.twoSubscriptions();
        consumers.codes();
        consumers.views();
        return consumers.cases.all();
    }

    private void names() {
        for (var body : List.of("", "null", "{}", "{\"subscription\": null}")) {
            cases.add("acknowledges with the body '%s'".formatted(body), session -> {
                var id = session.messageIn(Situation.SENDING);
                session.post(Caller.CONSUMER, ACK.formatted(id), body)
                        .is(200)
                        .has("subscription", session.subscription())
                        .has("state", "CONSUMED");
            });
        }
        cases.add("acknowledges a wrong subscription", session -> {
            var id = session.messageIn(Situation.SENDING);
            ack(session, id, Map.of("subscription", "another")).isProblem(MESSAGE_NOT_FOUND);
            session.get(Caller.PRODUCER, "/messages/" + id).has("state", "SENDING");
        });
        cases.add(
                "acknowledges a wrong subscription of a pending message",
                session -> ack(session, session.messageIn(Situation.PENDING_CONFIRM), Map.of("subscription", "another"))
                        .isProblem(MESSAGE_NOT_FOUND));
        cases.add(
                "acknowledges a pending message without a name",
                session -> ack(session, session.messageIn(Situation.PENDING_CONFIRM), Map.of())
                        .isProblem(TRANSITION_REFUSED)
                        .has("state", "PENDING_CONFIRM"));
        cases.add("names the same message twice", session -> {
            var id = session.messageIn(Situation.SENDING);
            ack(session, id, Map.of("id", id)).is(200);
        });
        cases.add(
                "names two messages",
                session -> ack(session, session.messageIn(Situation.SENDING), Map.of("id", Session.newId()))
                        .isProblem(INVALID_REQUEST));
        cases.add(
                "names no message",
                session ->
                        session.post(Caller.CONSUMER, "/messages/ack", Map.of()).isProblem(INVALID_REQUEST));
        cases.add(
                "says more than there is",
                session -> ack(session, session.messageIn(Situation.SENDING), Map.of("surprise", 1))
                        .isProblem(MALFORMED_REQUEST));
        cases.add(
                "names its subscription by a number",
                session -> ack(session, session.messageIn(Situation.SENDING), Map.of("subscription", 1))
                        .isProblem(MALFORMED_REQUEST));
    }

    private void twoSubscriptions() {
        cases.add("with two subscriptions names one", session -> {
            var topic = Session.newName("topic");
            var first = Session.newName("a");
            var second = Session.newName("b");
            session.register(Caller.PRODUCER, topic, first);
            session.register(Caller.PRODUCER, topic, second);
            var id = Session.newId();
            session.post(Caller.PRODUCER, "/messages", CaseList.message(session, Map.of("id", id, "topic", topic)))
                    .is(201);

            var answer = ack(session, id, Map.of()).isProblem(AMBIGUOUS_SUBSCRIPTION);

            assertThat(answer.body().path("subscriptions").valueStream().map(name -> name.asString("")))
                    .containsExactly(first, second);
            ack(session, id, Map.of("subscription", second)).is(200).has("subscription", second);
            session.get(Caller.PRODUCER, "/messages/" + id).has("state", "SENDING");
            ack(session, id, Map.of()).isProblem(AMBIGUOUS_SUBSCRIPTION);
            session.post(Caller.CONSUMER, REJECT.formatted(id), Map.of("subscription", first, "code", "NO"))
                    .is(200);
            session.get(Caller.PRODUCER, "/messages/" + id).has("state", "REJECTED");
        });
    }

    private void codes() {
        for (var code : List.of("C", "ACCOUNT_CLOSED", "a.b-c", "c".repeat(100))) {
            cases.add("rejects with the code %.20s".formatted(code), session -> {
                var id = session.messageIn(Situation.SENDING);
                session.post(Caller.CONSUMER, REJECT.formatted(id), Map.of("code", code))
                        .is(200);
                assertThat(lastError(session, id)).isEqualTo(code);
            });
        }
        for (var code : List.of("", " ", "-a", "a b", "ä", "c".repeat(101))) {
            rejects(INVALID_REQUEST, "the code '%.20s'".formatted(code), Map.of("code", code));
        }
        rejects(INVALID_REQUEST, "no code", Map.of());
        rejects(MALFORMED_REQUEST, "a number as code", Map.of("code", 1));
        rejects(INVALID_REQUEST, "a reason of 1,001 bytes", Map.of("code", "C", "reason", Bytes.of("中", 1001)));
        cases.add("rejects twice, with two reasons and then with another code", session -> {
            var id = session.messageIn(Situation.SENDING);
            session.post(Caller.CONSUMER, REJECT.formatted(id), Map.of("code", "C", "reason", "one"))
                    .is(200);
            session.post(Caller.CONSUMER, REJECT.formatted(id), Map.of("code", "C", "reason", "two"))
                    .is(200);
            session.post(Caller.CONSUMER, REJECT.formatted(id), Map.of("code", "D"))
                    .isProblem(TRANSITION_REFUSED)
                    .has("state", "REJECTED");
            assertThat(lastError(session, id)).isEqualTo("C: one");
        });
        reason("a reason of 1,000 bytes", Bytes.of("中", 1000), "C: " + Bytes.of("中", 1000));
        reason("a reason of two lines", "one\ntwo", "C: one two");
        reason("a reason that nobody sees", " \t", "C");
    }

    private void rejects(ProblemType problem, String name, Map<String, ?> body) {
        cases.add("rejects with %s: %s".formatted(name, problem), session -> {
            var id = session.messageIn(Situation.SENDING);
            session.post(Caller.CONSUMER, REJECT.formatted(id), body).isProblem(problem);
            session.get(Caller.PRODUCER, "/messages/" + id).has("state", "SENDING");
        });
    }

    private void reason(String name, String reason, String stored) {
        cases.add("rejects with " + name, session -> {
            var id = session.messageIn(Situation.SENDING);
            session.post(Caller.CONSUMER, REJECT.formatted(id), Map.of("code", "C", "reason", reason))
                    .is(200);
            assertThat(lastError(session, id)).isEqualTo(stored);
        });
    }

    private void views() {
        cases.add("sees its deliveries", session -> {
            var id = session.messageIn(Situation.SENDING);
            session.get(Caller.CONSUMER, "/messages/" + id)
                    .is(200)
                    .has("id", id)
                    .has("topic", session.topic())
                    .has("key", "A-1")
                    .has("producer", "shop")
                    .has("decidedBy", "shop")
                    .hasMembers("createdAt", "decidedAt")
                    .hasNo("deliverAt")
                    .hasNo("checkbacks")
                    .at("/deliveries/0")
                    .has("subscription", session.subscription())
                    .has("state", "SENDING")
                    .hasNo("finishedAt")
                    .hasNo("lastError");
        });
        for (var situation : List.of(Situation.PENDING_CONFIRM, Situation.CANCELLED)) {
            cases.add(
                    "sees nothing of a message that is " + situation,
                    session -> session.get(Caller.CONSUMER, "/messages/" + session.messageIn(situation))
                            .isProblem(MESSAGE_NOT_FOUND));
        }
        cases.add("sees its timeline", session -> {
            var id = session.messageIn(Situation.SENDING);
            ack(session, id, Map.of()).is(200);
            for (var caller : List.of(Caller.PRODUCER, Caller.CONSUMER)) {
                var items = session.get(caller, "/messages/%s/timeline".formatted(id))
                        .is(200)
                        .body()
                        .path("items");
                assertThat(items.valueStream().map(item -> item.path("kind").asString("")))
                        .startsWith("PREPARED", "CONFIRMED")
                        .contains("CONSUMED");
            }
        });
    }

    private static String lastError(Session session, String id) {
        return session.get(Caller.PRODUCER, "/messages/" + id)
                .at("/deliveries/0")
                .text("lastError");
    }

    private static Answer ack(Session session, String id, Map<String, ?> body) {
        return session.post(Caller.CONSUMER, ACK.formatted(id), body);
    }
}
