package io.reliablemessage.service.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;

/** Checks that are common to all refusals. */
public final class Refusal {

    private static final String INSIDES = "(?is).*(exception|\\bat [a-z]+\\.[a-z]+\\.|java\\.|jackson|springframework|"
            + "hibernate|postgres|psql|hikari|tomcat|apache|reliablemessage|sqlstate|feature|readconstraints|"
            + "select |insert |update ).*";

    private Refusal() {}

    /** A problem of this type that reveals no internals of the service. */
    public static Answer of(ProblemType type, Answer answer) {
        answer.is(type);
        assertThat(answer.text("title")).isEqualTo(type.title());
        assertThat(answer.text("detail")).isNotBlank().doesNotMatch(INSIDES);
        assertThat(answer.body().toString()).doesNotMatch(INSIDES);
        return answer;
    }
}
