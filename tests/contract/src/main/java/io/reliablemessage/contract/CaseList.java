package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;

import io.reliablemessage.api.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects cases; most of them change one thing of a message that is in order. */
final class CaseList {

    /** In place of a member's value: the message lacks it. */
    static final String MISSING = "(missing)";

    private final String subject;
    private final List<ContractCase> cases = new ArrayList<>();

    CaseList(String subject) {
        this.subject = subject;
    }

    List<ContractCase> all() {
        return cases;
    }

    void add(String name, Consumer<Session> steps) {
        cases.add(new ContractCase("%s: %s".formatted(subject, name), steps));
    }

    /** A message with this member is stored. */
    void accepts(String name, String member, Object value) {
        accepts(name, Map.of(member, value));
    }

    void accepts(String name, Map<String, ?> members) {
        add(
                name,
                session -> session.post(Caller.PRODUCER, "/messages/prepare", message(session, members))
                        .is(201)
                        .has("state", "PENDING_CONFIRM"));
    }

    /** A message with this member is refused, and not stored. */
    void refuses(ProblemType problem, String name, String member, Object value) {
        refuses(problem, name, Map.of(member, value));
    }

    void refuses(ProblemType problem, String name, Map<String, ?> members) {
        add("%s: %s".formatted(name, problem), session -> {
            var message = message(session, members);

            session.post(Caller.PRODUCER, "/messages/prepare", message).isProblem(problem);

            if (!members.containsKey("id")) {
                session.get(Caller.PRODUCER, "/messages/" + message.get("id")).isProblem(MESSAGE_NOT_FOUND);
            }
        });
    }

    static Map<String, Object> message(Session session, Map<String, ?> members) {
        var message = new LinkedHashMap<>(session.message(Session.newId()));
        members.forEach((name, value) -> {
            if (MISSING.equals(value)) {
                message.remove(name);
            } else {
                message.put(name, value);
            }
        });
        return message;
    }
}
