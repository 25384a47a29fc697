package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminui.api.Outcomes;
import io.reliablemessage.adminui.page.ActionRunner.Notice;
import io.reliablemessage.api.ProblemType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** What an operator did is said on the next page: done, refused, or unknown. */
class ActionRunnerTest {

    private final ActionRunner acts = new ActionRunner();
    private final RedirectAttributesModelMap next = new RedirectAttributesModelMap();

    @Test
    void whatIsDoneIsSaidWithItsResult() {
        acts.attempt(next, "done.resend", () -> 3);

        assertThat(notice()).isEqualTo(new Notice(true, "done.resend", 3));
        assertThat(shown()).isEqualTo("Resent: 3 deliveries are due now.");
    }

    @Test
    void aRefusalIsSaidInTheServicesWords() {
        acts.attempt(next, "done.decide", () -> {
            throw Outcomes.refused(ProblemType.TRANSITION_REFUSED, "Message A-1 is CANCELLED.");
        });

        assertThat(notice()).isEqualTo(new Notice(false, "problem.transition-refused", "Message A-1 is CANCELLED."));
        assertThat(shown()).isEqualTo("Too late: it is in another state by now.");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            FORBIDDEN,          problem.forbidden
            MESSAGE_NOT_FOUND,  problem.message-not-found
            NOT_FOUND,          problem.not-found
            INVALID_REQUEST,    problem.invalid-request
            TRANSITION_REFUSED, problem.transition-refused
            TOO_MANY_CALLS,     problem.too-many-calls
            COUNT_DIFFERS,      problem.other
            OPERATION_OVER,     problem.other
            NOT_ASKED,          problem.other
            CONTENT_DIFFERS,    problem.other
            NAME_TAKEN,         problem.other
            INTERNAL_ERROR,     problem.unknown-outcome
            """)
    void commonRefusalsHaveATextOfTheirOwn(ProblemType type, String key) {
        acts.attempt(next, "done.resend", () -> {
            throw Outcomes.refused(type, "why");
        });

        assertThat(notice().key()).isEqualTo(key);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyRefusalHasATextInBothLanguages(ProblemType type) {
        var key = Failures.key(Outcomes.refused(type, "why"));

        assertThat(Formats.english().text(key)).isNotBlank();
        assertThat(Formats.chinese().text(key))
                .isNotBlank()
                .isNotEqualTo(Formats.english().text(key));
    }

    @Test
    void aRefusalOfAKindThatIsNotKnownIsStillARefusal() {
        acts.attempt(next, "done.resend", () -> {
            throw Outcomes.refused(null, "not on Sundays");
        });

        assertThat(notice()).isEqualTo(new Notice(false, "problem.other", "not on Sundays"));
    }

    @Test
    void withoutAnAnswerNobodyKnowsWhetherItIsDone() {
        acts.attempt(next, "done.discard", () -> {
            throw Outcomes.unavailable("no answer from http://service/admin");
        });

        assertThat(notice())
                .isEqualTo(new Notice(false, "problem.unknown-outcome", "no answer from http://service/admin"));
        assertThat(shown())
                .isEqualTo("No response: the action may or may not have been carried out."
                        + " Check the state before you repeat it.");
    }

    @Test
    void aMistakeOfOursIsNotToldAsTheServices() {
        assertThatThrownBy(() -> acts.attempt(next, "done.resend", () -> {
                    throw new IllegalStateException("ours");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(next.getFlashAttributes()).isEmpty();
    }

    @Test
    void whoGoesOnGetsTheResultAndTheNoticeItsArgument() {
        var started = acts.attempt(next, "done.operation", () -> "operation 7", String::length);

        assertThat(started).contains("operation 7");
        assertThat(notice()).isEqualTo(new Notice(true, "done.operation", 11));
    }

    @Test
    void whoIsRefusedDoesNotGoOn() {
        var started = acts.<String>attempt(
                next,
                "done.operation",
                () -> {
                    throw Outcomes.refused(ProblemType.COUNT_DIFFERS, "13 match by now");
                },
                String::length);

        assertThat(started).isEmpty();
        assertThat(notice()).isEqualTo(new Notice(false, "problem.other", "13 match by now"));
    }

    @Test
    void hostileDetailsAreNoPartOfTheText() {
        acts.attempt(next, "done.expire", () -> "{0} it's <b>");

        assertThat(shown()).isEqualTo("Key {0} it's <b> expired.");
    }

    private Notice notice() {
        return (Notice) Objects.requireNonNull(next.getFlashAttributes().get("notice"));
    }

    private String shown() {
        return Formats.english().text(notice().key(), notice().detail());
    }
}
