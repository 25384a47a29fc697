package io.reliablemessage.service.admin.audit;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.web.Texts;
import org.jspecify.annotations.Nullable;

/** Requires a reason for each action. */
public final class AuditReasons {

    private static final int MAX_BYTES = 500;

    private AuditReasons() {}

    public static OperatorAction action(Caller caller, @Nullable String reason) {
        return action(caller, "reason", reason);
    }

    /** @param member the request's member that holds the reason */
    public static OperatorAction action(Caller caller, String member, @Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.getBytes(UTF_8).length > MAX_BYTES) {
            throw new Problem(INVALID_REQUEST, "%s is 1 to %d bytes of text.".formatted(member, MAX_BYTES));
        }
        return new OperatorAction(caller.actor(), Texts.visibleLine(member, reason, MAX_BYTES));
    }
}
