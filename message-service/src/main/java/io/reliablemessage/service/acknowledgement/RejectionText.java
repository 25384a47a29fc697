package io.reliablemessage.service.acknowledgement;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.platform.problem.OneLine;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.web.Texts;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rejection's code and reason as one line: {@code CODE: reason}. */
final class RejectionText {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MAX_REASON_LENGTH = 1000;

    private RejectionText() {}

    /** Acks have none. */
    static boolean haveSameCode(@Nullable String rejection, @Nullable String other) {
        return rejection == null || other == null || codeOf(rejection).equals(codeOf(other));
    }

    static String codeOf(@Nullable String rejection) {
        return rejection == null ? "" : rejection.split(":", 2)[0];
    }

    static String of(@Nullable String code, @Nullable String reason) {
        if (code == null || !CODE.matcher(code).matches()) {
            throw new Problem(
                    INVALID_REQUEST, "code takes 1 to 100 letters, digits, '.', '_' and '-', such as ACCOUNT_CLOSED.");
        }
        if (reason == null) {
            return code;
        }
        if (reason.getBytes(UTF_8).length > MAX_REASON_LENGTH || !Texts.isWellFormed(reason)) {
            throw new Problem(INVALID_REQUEST, "reason takes at most %d bytes of text.".formatted(MAX_REASON_LENGTH));
        }
        var line = OneLine.of(reason).strip();
        return Texts.isVisible(line) ? code + ": " + line : code; // a program's text; refused, it would be sent again
    }
}
