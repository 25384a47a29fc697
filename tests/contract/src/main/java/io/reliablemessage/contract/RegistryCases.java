package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.NAME_TAKEN;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.REGISTRATION_FIXED;
import static io.reliablemessage.api.ProblemType.TOPIC_IN_USE;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_KIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Topics and subscriptions. */
final class RegistryCases {

    private static final List<String> WRONG_NAMES = List.of("-a", "a%20b", "%C3%A4", "x".repeat(101));

    private final CaseList cases = new CaseList("the registry");

    private RegistryCases() {}

    static List<ContractCase> all() {
        var registry = new RegistryCases();
        registry.topics();
        registry.subscriptions();
        registry.values();
        registry.ownership();
        registry.retirement();
        registry.deletion();
        return registry.cases.all();
    }

    private void topics() {
        cases.add("answers with the topic", session -> {
            var name = Session.newName("topic");
            var request = Map.of("consumers", List.of("points", "stranger"), "checkAfter", "PT90S");
            for (var repeat = 0; repeat < 2; repeat++) {
                var answer = session.put(Caller.PRODUCER, "/topics/" + name, request)
                        .is(200)
                        .has("name", name)
                        .has("application", "shop")
                        .has("checkAfter", "PT1M30S");
                assertThat(texts(answer, "consumers")).containsExactly("points", "stranger");
            }
        });
        cases.add("has defaults for a topic", session -> {
            var answer = session.put(Caller.PRODUCER, "/topics/" + Session.newName("topic"), Map.of())
                    .is(200)
                    .has("checkAfter", "PT1M");
            assertThat(texts(answer, "consumers")).isEmpty();
        });
        topic(INVALID_REQUEST, "a consumer of no possible name", "consumers", List.of("no such name"));
        topic(INVALID_REQUEST, "null as a consumer", "consumers", Collections.singletonList(null));
        topic(MALFORMED_REQUEST, "a text as consumers", "consumers", "points");
        topic(MALFORMED_REQUEST, "a number as a consumer", "consumers", List.of(1));
        topic(INVALID_REQUEST, "no time to decide", "checkAfter", "PT0S");
        topic(INVALID_REQUEST, "more than a week to decide", "checkAfter", "P8D");
        topic(MALFORMED_REQUEST, "a number as time to decide", "checkAfter", 60);
        topic(MALFORMED_REQUEST, "a time to decide that is none", "checkAfter", "1m");
        topic(MALFORMED_REQUEST, "an unknown member", "surprise", 1);
        for (var name : List.of("service", "Check-Back", "reliable-message.x")) {
            cases.add(
                    "refuses a topic of the service's own name " + name,
                    session -> session.put(Caller.PRODUCER, "/topics/" + name, Map.of())
                            .isProblem(INVALID_REQUEST));
        }
        for (var name : WRONG_NAMES) {
            cases.add(
                    "refuses a topic named %.10s".formatted(name),
                    session -> session.put(Caller.PRODUCER, "/topics/" + name, Map.of())
                            .isProblem(INVALID_REQUEST));
        }
    }

    private void topic(ProblemType problem, String name, String member, Object value) {
        cases.add(
                "refuses a topic with %s: %s".formatted(name, problem),
                session -> session.put(Caller.PRODUCER, "/topics/" + Session.newName("topic"), Map.of(member, value))
                        .isProblem(problem));
    }

    private void subscriptions() {
        cases.add("answers with the subscription", session -> {
            var name = Session.newName("sub");
            var request = Map.of(
                    "topic",
                    session.topic(),
                    "kind",
                    "QUEUE",
                    "schedule",
                    List.of("PT1S", "PT120S"),
                    "maxAttempts",
                    4,
                    "ratePerSecond",
                    7);
            for (var repeat = 0; repeat < 2; repeat++) {
                var answer = session.put(Caller.CONSUMER, "/subscriptions/" + name, request)
                        .is(200)
                        .has("name", name)
                        .has("topic", session.topic())
                        .has("application", "points")
                        .has("kind", "QUEUE")
                        .has("maxAttempts", 4)
                        .has("ratePerSecond", 7)
                        .has("overridden", false)
                        .has("paused", false)
                        .hasNo("retiredAt");
                assertThat(answer.text("queue")).endsWith(name);
                assertThat(texts(answer, "schedule")).containsExactly("PT1S", "PT2M");
                assertThat(texts(answer, "preview")).containsExactly("PT1S", "PT2M1S", "PT4M1S");
            }
            retire(session, name, session.topic());
        });
        cases.add("has defaults for a subscription", session -> {
            var name = Session.newName("sub");
            var answer = subscribe(session, name, Map.of())
                    .is(200)
                    .has("maxAttempts", 12)
                    .has("kind", "QUEUE")
                    .hasNo("ratePerSecond");
            assertThat(texts(answer, "schedule")).containsExactly("PT30S", "PT1M", "PT5M", "PT15M", "PT1H");
            assertThat(texts(answer, "preview")).hasSize(11).startsWith("PT30S", "PT1M30S", "PT6M30S");
            retire(session, name, session.topic());
        });
        for (var name : WRONG_NAMES) {
            cases.add(
                    "refuses a subscription named %.10s".formatted(name),
                    session -> subscribe(session, name, Map.of()).isProblem(INVALID_REQUEST));
        }
    }

    private void values() {
        subscription(INVALID_REQUEST, "no waits", "schedule", List.of());
        subscription(INVALID_REQUEST, "a wait of nothing", "schedule", List.of("PT0S"));
        subscription(INVALID_REQUEST, "a wait of more than a week", "schedule", List.of("P8D"));
        subscription(INVALID_REQUEST, "51 waits", "schedule", Collections.nCopies(51, "PT1S"));
        subscription(INVALID_REQUEST, "null as a wait", "schedule", Collections.singletonList(null));
        subscription(MALFORMED_REQUEST, "a number as a wait", "schedule", List.of(1));
        subscription(MALFORMED_REQUEST, "a text as waits", "schedule", "PT1S");
        for (var attempts : List.of(0, -1, 1001)) {
            subscription(INVALID_REQUEST, attempts + " attempts", "maxAttempts", attempts);
        }
        subscription(MALFORMED_REQUEST, "a half attempt", "maxAttempts", 1.5);
        subscription(MALFORMED_REQUEST, "attempts beyond all numbers", "maxAttempts", 1L << 40);
        subscription(MALFORMED_REQUEST, "a text as attempts", "maxAttempts", "3");
        for (var rate : List.of(0, 100_001)) {
            subscription(INVALID_REQUEST, rate + " a second", "ratePerSecond", rate);
        }
        subscription(UNSUPPORTED_KIND, "the kind HTTP", "kind", "HTTP");
        subscription(MALFORMED_REQUEST, "an unknown kind", "kind", "FAX");
        subscription(MALFORMED_REQUEST, "a number as kind", "kind", 0);
        subscription(MALFORMED_REQUEST, "a text for whether it is retired", "retired", "true");
        subscription(MALFORMED_REQUEST, "an unknown member", "surprise", 1);
        subscription(INVALID_REQUEST, "a topic of no possible name", "topic", "-");
        subscription(TOPIC_NOT_FOUND, "an unknown topic", "topic", "nobody.knows");
        cases.add(
                "refuses a subscription without a topic",
                session -> session.put(Caller.CONSUMER, "/subscriptions/" + Session.newName("sub"), Map.of())
                        .isProblem(INVALID_REQUEST));
    }

    private void subscription(ProblemType problem, String name, String member, Object value) {
        cases.add(
                "refuses a subscription with %s: %s".formatted(name, problem),
                session -> subscribe(session, Session.newName("sub"), Map.of(member, value))
                        .isProblem(problem));
    }

    private void ownership() {
        cases.add(
                "leaves a topic to its owner",
                session -> session.put(Caller.OTHER_PRODUCER, "/topics/" + session.topic(), Map.of())
                        .isProblem(NAME_TAKEN));
        cases.add(
                "leaves a subscription to its owner",
                session -> session.put(
                                Caller.OTHER_CONSUMER,
                                "/subscriptions/" + session.subscription(),
                                Map.of("topic", session.topic()))
                        .isProblem(NAME_TAKEN));
        cases.add(
                "leaves a subscription at its topic",
                session -> session.put(
                                Caller.CONSUMER,
                                "/subscriptions/" + session.subscription(),
                                Map.of("topic", session.topicOf(Caller.OTHER_PRODUCER)))
                        .isProblem(REGISTRATION_FIXED));
        cases.add(
                "lets nobody subscribe whom the topic does not name",
                session -> session.put(
                                Caller.OTHER_CONSUMER,
                                "/subscriptions/" + Session.newName("sub"),
                                Map.of("topic", session.topic()))
                        .isProblem(TOPIC_NOT_FOUND));
    }

    private void retirement() {
        cases.add("retires a subscription, which gets nothing new and can come back", session -> {
            var topic = Session.newName("topic");
            var name = Session.newName("sub");
            session.register(Caller.PRODUCER, topic, name);
            var before = prepare(session, topic).is(201).text("id");

            retire(session, name, topic).hasMembers("retiredAt");

            prepare(session, topic).isProblem(NO_SUBSCRIPTION);
            session.post(Caller.PRODUCER, "/messages/confirm", Map.of("id", before))
                    .is(200)
                    .has("state", "SENDING");
            session.put(Caller.CONSUMER, "/subscriptions/" + name, Map.of("topic", topic))
                    .is(200)
                    .hasNo("retiredAt");
            prepare(session, topic).is(201);
        });
        cases.add("retires the subscriptions of applications that are named no more", session -> {
            var topic = Session.newName("topic");
            session.register(Caller.PRODUCER, topic, Session.newName("sub"));
            session.put(Caller.PRODUCER, "/topics/" + topic, Map.of()).is(200);
            prepare(session, topic).isProblem(NO_SUBSCRIPTION);
        });
        cases.add("takes a subscription that is retired at once", session -> {
            var topic = Session.newName("topic");
            session.put(Caller.PRODUCER, "/topics/" + topic, Map.of("consumers", List.of("points")))
                    .is(200);
            retire(session, Session.newName("sub"), topic).hasMembers("retiredAt");
            prepare(session, topic).isProblem(NO_SUBSCRIPTION);
        });
    }

    private void deletion() {
        cases.add("deletes a topic that nobody subscribed to", session -> {
            var path = "/topics/" + Session.newName("topic");
            session.put(Caller.PRODUCER, path, Map.of()).is(200);
            session.delete(Caller.OTHER_PRODUCER, path).isProblem(TOPIC_NOT_FOUND);
            session.delete(Caller.PRODUCER, path).is(204);
            session.delete(Caller.PRODUCER, path).isProblem(TOPIC_NOT_FOUND);
        });
        cases.add(
                "keeps a topic with subscriptions",
                session -> session.delete(Caller.PRODUCER, "/topics/" + session.topic())
                        .isProblem(TOPIC_IN_USE));
    }

    private static Answer prepare(Session session, String topic) {
        return session.post(Caller.PRODUCER, "/messages/prepare", CaseList.message(session, Map.of("topic", topic)));
    }

    private static Answer subscribe(Session session, String name, Map<String, ?> members) {
        var request = new LinkedHashMap<String, Object>(members);
        request.putIfAbsent("topic", session.topic());
        return session.put(Caller.CONSUMER, "/subscriptions/" + name, request);
    }

    private static Answer retire(Session session, String name, String topic) {
        return session.put(Caller.CONSUMER, "/subscriptions/" + name, Map.of("topic", topic, "retired", true))
                .is(200);
    }

    private static List<String> texts(Answer answer, String member) {
        return answer.body()
                .path(member)
                .valueStream()
                .map(text -> text.asString(""))
                .toList();
    }
}
