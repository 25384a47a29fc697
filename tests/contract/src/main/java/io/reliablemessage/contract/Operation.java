package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.contract.Expected.created;
import static io.reliablemessage.contract.Expected.ok;
import static io.reliablemessage.contract.Expected.refused;
import static io.reliablemessage.contract.Situation.ABSENT;
import static io.reliablemessage.contract.Situation.CANCELLED;
import static io.reliablemessage.contract.Situation.PENDING_CONFIRM;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What can be done with a message by its id. */
enum Operation {
    PREPARE("/messages/prepare", Form.BODY, Form.ARRAY),
    PREPARE_OTHERWISE("/messages/prepare", Form.BODY, Form.ARRAY),
    SEND("/messages", Form.BODY, Form.ARRAY),
    SEND_OTHERWISE("/messages", Form.BODY, Form.ARRAY),
    CONFIRM("/messages/confirm", Form.PATH, Form.BODY, Form.ARRAY),
    CANCEL("/messages/cancel", Form.PATH, Form.BODY, Form.ARRAY),
    ACK("/messages/ack", Form.PATH, Form.BODY, Form.ARRAY),
    REJECT("/messages/reject", Form.PATH, Form.BODY, Form.ARRAY),
    SHOW("", Form.PATH),
    TIMELINE("/timeline", Form.PATH);

    private static final String SENDING = Situation.SENDING.name();

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<Form> forms;

    Operation(String path, Form... forms) {
        this.path = path;
        this.forms = Set.of(forms);
    }

    /** How the message is named. */
    enum Form {
        PATH,
        BODY,
        ARRAY
    }

    List<Form> forms() {
        return forms.stream().sorted().toList();
    }

    boolean isOfConsumers() {
        return this == ACK || this == REJECT;
    }

    /** What the same call is, once it has stored its own content. */
    Operation again() {
        return switch (this) {
            case PREPARE_OTHERWISE -> PREPARE;
            case SEND_OTHERWISE -> SEND;
            default -> this;
        };
    }

    private boolean stores() {
        return compareTo(SEND_OTHERWISE) <= 0;
    }

    boolean isRead() {
        return this == SHOW || this == TIMELINE;
    }

    Caller owner() {
        return isOfConsumers() ? Caller.CONSUMER : Caller.PRODUCER;
    }

    Caller stranger() {
        return isOfConsumers() ? Caller.OTHER_CONSUMER : Caller.OTHER_PRODUCER;
    }

    Answer call(Session session, Caller caller, Form form, String id) {
        var body = stores() ? content(session, caller, id) : reference(session, id);
        return switch (form) {
            case BODY -> session.post(caller, path, body);
            case ARRAY -> session.post(caller, path, List.of(body)).item(0);
            case PATH -> byPath(session, caller, id, body);
        };
    }

    private Answer byPath(Session session, Caller caller, String id, Map<String, Object> body) {
        if (isRead()) {
            return session.get(caller, "/messages/%s%s".formatted(id, path));
        }
        body.remove("id");
        return session.post(caller, "/messages/%s/%s".formatted(id, name().toLowerCase(Locale.ROOT)), body);
    }

    private Map<String, Object> content(Session session, Caller caller, String id) {
        var message = session.message(caller, id);
        if (this == PREPARE_OTHERWISE || this == SEND_OTHERWISE) {
            message.put("key", "A-2");
        }
        return message;
    }

    private Map<String, Object> reference(Session session, String id) {
        var reference = new LinkedHashMap<String, Object>();
        reference.put("id", id);
        if (isOfConsumers()) {
            reference.put("subscription", session.subscription());
        }
        if (this == REJECT) {
            reference.put("code", ServiceUnderTest.REJECTION);
        }
        return reference;
    }

    /** @param table says what steps there are; the rest is about storing and reading, which are no steps */
    Expected expected(StateTable table, Situation situation) {
        return switch (this) {
            case PREPARE -> prepared(situation);
            case SEND -> sent(table, situation);
            case PREPARE_OTHERWISE -> situation == ABSENT ? prepared(ABSENT) : refused(CONTENT_DIFFERS);
            case SEND_OTHERWISE -> situation == ABSENT ? sent(table, ABSENT) : refused(CONTENT_DIFFERS);
            case CONFIRM, CANCEL -> decided(table.step(name()), situation);
            case ACK, REJECT -> settled(table.step(name()), situation);
            case SHOW -> situation == ABSENT ? refused(MESSAGE_NOT_FOUND) : ok(situation.name());
            case TIMELINE -> situation == ABSENT ? refused(MESSAGE_NOT_FOUND) : new Expected(200, null, null);
        };
    }

    /** To others a message looks absent, unless they want its id. */
    Expected expectedByStranger(Situation situation) {
        if (!stores()) {
            return refused(MESSAGE_NOT_FOUND);
        }
        if (situation != ABSENT) {
            return refused(CONTENT_DIFFERS);
        }
        return created(path.endsWith("prepare") ? PENDING_CONFIRM.name() : SENDING);
    }

    private static Expected prepared(Situation situation) {
        if (situation == ABSENT) {
            return created(PENDING_CONFIRM.name());
        }
        if (situation == CANCELLED) {
            return refused(CANCELLED.name());
        }
        return ok(situation == PENDING_CONFIRM ? situation.name() : SENDING);
    }

    /** Prepares, then confirms. */
    private static Expected sent(StateTable table, Situation situation) {
        var prepared = prepared(situation);
        if (situation == ABSENT) {
            return created(SENDING);
        }
        return prepared.isSuccess() ? decided(table.step(CONFIRM.name()), situation) : prepared;
    }

    private static Expected decided(StateTable.Step step, Situation situation) {
        if (situation == ABSENT) {
            return refused(MESSAGE_NOT_FOUND);
        }
        if (step.from().contains(situation.decision())) {
            return ok(step.to().equals("CONFIRMED") ? SENDING : step.to());
        }
        return step.to().equals(situation.decision()) ? ok(situation.name()) : refused(situation.name());
    }

    private static Expected settled(StateTable.Step step, Situation situation) {
        if (situation == ABSENT) {
            return refused(MESSAGE_NOT_FOUND);
        }
        var isSettled = step.from().contains(situation.name()) || step.to().equals(situation.name());
        return isSettled ? ok(step.to()) : refused(situation.name());
    }
}
