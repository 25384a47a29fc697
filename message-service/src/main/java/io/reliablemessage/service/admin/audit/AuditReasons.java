package io.reliablemessage.service.admin.audit;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.platform.problem.OneLine;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/** Nobody acts without saying why. */
public final class AuditReasons {

    private static final int MAX_BYTES = 500;

    private AuditReasons() {}

    public static OperatorAction act(Caller caller, @Nullable String reason) {
        return act(caller, "reason", reason);
    }

    /** @param member that the reason is given in */
    public static OperatorAction act(Caller caller, String member, @Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.getBytes(UTF_8).length > MAX_BYTES) {
            throw new Problem(INVALID_REQUEST, "%s is 1 to %d bytes of text.".formatted(member, MAX_BYTES));
        }
        return new OperatorAction(caller.actor(), OneLine.of(reason).strip());
    }
}
