package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;

import io.reliablemessage.contract.Operation.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every call in every situation: by the message's own applications, again, and by others. */
final class StateCases {

    private final StateTable table;
    private final List<ContractCase> cases = new ArrayList<>();

    StateCases(StateTable table) {
        this.table = table;
    }

    List<ContractCase> all() {
        for (var operation : Operation.values()) {
            for (var situation : Situation.values()) {
                operation.forms().forEach(form -> add(operation, situation, form));
                if (!operation.isRead()) {
                    addRepeated(operation, situation);
                }
                addByStranger(operation, situation);
            }
            if (!operation.isRead()) {
                addWithoutRole(operation);
            }
        }
        return cases;
    }

    private void add(Operation operation, Situation situation, Form form) {
        var expected = operation.expected(table, situation);
        cases.add(new ContractCase(name(operation, situation, "by " + form), session -> {
            var id = session.messageIn(situation);

            var answer = operation.call(session, operation.owner(), form, id);

            inArray(expected, form).verify(answer, id);
            verifyState(session, id, stateAfter(operation, expected, situation));
        }));
    }

    private void addRepeated(Operation operation, Situation situation) {
        var expected = operation.expected(table, situation);
        var form = operation.forms().get(0);
        var after = stateAfter(operation, expected, situation);
        var again = expected.isSuccess() ? operation.again().expected(table, after) : expected;
        cases.add(new ContractCase(name(operation, situation, "twice"), session -> {
            var id = session.messageIn(situation);

            expected.verify(operation.call(session, operation.owner(), form, id), id);
            var answer = operation.call(session, operation.owner(), form, id);

            again.verify(answer, id);
            verifyState(session, id, stateAfter(operation, again, after));
        }));
    }

    private void addByStranger(Operation operation, Situation situation) {
        var expected = operation.expectedByStranger(situation);
        cases.add(new ContractCase(name(operation, situation, "by another application"), session -> {
            var id = session.messageIn(situation);

            var answer = operation.call(
                    session, operation.stranger(), operation.forms().get(0), id);

            expected.verify(answer, id);
            verifyState(session, id, situation);
        }));
    }

    private void addWithoutRole(Operation operation) {
        var caller = operation.isOfConsumers() ? Caller.PRODUCER : Caller.CONSUMER;
        for (var form : operation.forms()) {
            if (form != Form.ARRAY) {
                cases.add(new ContractCase(
                        name(operation, Situation.SENDING, "by %s without the role".formatted(form)), session -> {
                            var id = session.messageIn(Situation.SENDING);

                            operation.call(session, caller, form, id).isProblem(FORBIDDEN);

                            verifyState(session, id, Situation.SENDING);
                        }));
            }
        }
    }

    /** An array is answered 200, also for what it stored. */
    private static Expected inArray(Expected expected, Form form) {
        return form == Form.ARRAY && expected.isSuccess() ? new Expected(200, null, expected.state()) : expected;
    }

    private static Situation stateAfter(Operation operation, Expected expected, Situation before) {
        var state = expected.state();
        if (state == null || !expected.isSuccess() || operation.isRead()) {
            return before;
        }
        // a repeated prepare is answered with its decision, whatever became of its deliveries
        return operation == Operation.PREPARE && before.isConfirmed() ? before : Situation.valueOf(state);
    }

    private static void verifyState(Session session, String id, Situation expected) {
        var shown = session.get(Caller.PRODUCER, "/messages/" + id);
        if (expected == Situation.ABSENT) {
            shown.isProblem(MESSAGE_NOT_FOUND);
        } else {
            shown.is(200).has("state", expected.name());
        }
    }

    private static String name(Operation operation, Situation situation, String how) {
        return "%s of %s, %s"
                .formatted(
                        operation.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        situation,
                        how.toLowerCase(Locale.ROOT));
    }
}
