package io.reliablemessage.contract;

import io.reliablemessage.api.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered.
 *
 * @param problem null: it succeeds
 * @param state null: none is in the answer
 */
record Expected(
        int status, @Nullable ProblemType problem, @Nullable String state) {

    static Expected ok(String state) {
        return new Expected(200, null, state);
    }

    static Expected created(String state) {
        return new Expected(201, null, state);
    }

    static Expected refused(ProblemType problem) {
        return new Expected(problem.status(), problem, null);
    }

    static Expected refused(String state) {
        var problem = ProblemType.TRANSITION_REFUSED;
        return new Expected(problem.status(), problem, state);
    }

    boolean isSuccess() {
        return problem == null;
    }

    void verify(Answer answer, String id) {
        if (problem == null) {
            answer.is(status);
        } else {
            answer.is(problem);
        }
        if (state != null) {
            answer.has("state", state).has(problem == null ? "id" : "messageId", id);
        }
    }
}
