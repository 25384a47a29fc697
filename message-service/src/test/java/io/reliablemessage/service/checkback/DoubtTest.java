package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.MessageFlow;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Any unclear answer decides nothing, and leads to another check-back. */
@Tag("ledger")
class DoubtTest {

    private final Checkers checkers = Checkers.shared();
    private final MessageFlow route = checkers.service().newRoute();

    @BeforeEach
    void nothingElseIsDue() {
        checkers.quiet();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsNoAnswer(io.reliablemessage.adminapi.jobs.CheckbackFailure failure) {
        var id = checkers.overdue(route);

        checkers.fail(checkers.leaseOne(), failure.name());

        var isSent = failure != io.reliablemessage.adminapi.jobs.CheckbackFailure.NOT_SENT;
        staysPending(id, isSent ? 1 : 0, isSent ? "UNKNOWN (%s)".formatted(failure) : "");
    }

    /** @param answer with ID for the message's */
    @ParameterizedTest
    @MethodSource
    void anythingElseIsNoAnswer(int status, String answer, String remembered) {
        var id = checkers.overdue(route);

        checkers.answer(checkers.leaseOne(), status, answer.replace("ID", id));

        staysPending(id, 1, remembered);
    }

    static Stream<Arguments> anythingElseIsNoAnswer() {
        var yes = "{\"decisions\":[{\"id\":\"ID\",\"decision\":\"COMMITTED\"}]}";
        var garbage = "UNKNOWN (not understood)";
        var none = "UNKNOWN (names none of the messages asked about)";
        var noSuch = "UNKNOWN (not COMMITTED, ROLLED_BACK or UNKNOWN)";
        return Stream.of(
                Arguments.of(201, yes, "UNKNOWN (status 201)"),
                Arguments.of(204, "", "UNKNOWN (status 204)"),
                Arguments.of(302, yes, "UNKNOWN (status 302)"),
                Arguments.of(404, yes, "UNKNOWN (status 404)"),
                Arguments.of(500, yes, "UNKNOWN (status 500)"),
                Arguments.of(200, "", garbage),
                Arguments.of(200, "<html><body>COMMITTED</body></html>", garbage),
                Arguments.of(200, "{\"error\":\"not found\",\"status\":404}", garbage),
                Arguments.of(200, "\u001f\u008b\b", garbage),
                Arguments.of(200, "[]", garbage),
                Arguments.of(200, "true", garbage),
                Arguments.of(200, "null", "UNKNOWN (no decisions)"),
                Arguments.of(200, "{}", "UNKNOWN (no decisions)"),
                Arguments.of(200, "{\"decisions\":null}", "UNKNOWN (no decisions)"),
                Arguments.of(200, "{\"decisions\":{\"ID\":\"COMMITTED\"}}", garbage),
                Arguments.of(200, "{\"decisions\":[]}", "UNKNOWN"),
                Arguments.of(200, "{\"decisions\":[null]}", none),
                Arguments.of(200, "{\"decisions\":[{\"id\":\"ID\"}]}", noSuch),
                Arguments.of(200, "{\"decisions\":[{\"decision\":\"COMMITTED\"}]}", none),
                Arguments.of(200, yes.replace("COMMITTED", "committed"), noSuch),
                Arguments.of(200, yes.replace("COMMITTED", "CONFIRMED"), noSuch),
                Arguments.of(200, both(yes, "ROLLED_BACK"), "UNKNOWN (contradicts itself)"),
                Arguments.of(200, both(yes, "UNKNOWN"), "UNKNOWN (contradicts itself)"),
                Arguments.of(200, both(yes, "yes"), noSuch),
                Arguments.of(200, yes.replace("COMMITTED", "UNKNOWN"), "UNKNOWN"),
                Arguments.of(200, yes.replace("ID", MessageFlow.newId()), none),
                Arguments.of(200, yes.replace("\"COMMITTED\"", "1"), garbage),
                Arguments.of(200, yes.replace("\"COMMITTED\"", "true"), garbage),
                Arguments.of(200, yes.replace("}]}", "}],\"error\":\"no\"}"), garbage),
                Arguments.of(200, yes.replace("}]}", ",\"decision\":\"ROLLED_BACK\"}]}"), garbage),
                Arguments.of(200, yes.replace("}]}", "}],\"decisions\":[]}"), garbage),
                Arguments.of(200, yes + yes, garbage),
                Arguments.of(200, yes.substring(0, yes.length() - 1), garbage),
                Arguments.of(200, yes + " ".repeat(64 * 1024), "UNKNOWN (TOO_LARGE)"));
    }

    private static String both(String yes, String other) {
        return yes.replace("]}", ",{\"id\":\"ID\",\"decision\":\"%s\"}]}".formatted(other));
    }

    private void staysPending(String id, int attempts, String answer) {
        var message = route.get(id).hasState(PENDING_CONFIRM);
        assertThat(message.body().at("/checkbacks/attempts").asInt()).isEqualTo(attempts);
        assertThat(message.body().at("/checkbacks/lastAnswer").asString("")).isEqualTo(answer);
        checkers.due(id);
        assertThat(checkers.lease(10)).as("asked again").hasSize(1);
    }
}
