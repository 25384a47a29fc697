package io.reliablemessage.client;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.client.internal.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service refused a call, with a problem as the reason (RFC 9457).
 *
 * <p>Subclasses are for what a caller handles differently. This class itself means: repeating the call unchanged cannot
 * help.
 */
public class MessageProblemException extends RuntimeException {

    private final transient Problem problem;

    public MessageProblemException(String call, Problem problem, @Nullable Throwable cause) {
        super(describe(call, problem), cause);
        this.problem = problem;
    }

    /** The HTTP status; 0: no answer came. */
    public int status() {
        return problem.status();
    }

    /** Empty: no answer, not an answer of the service, or a kind of problem that this version does not know. */
    public Optional<ProblemType> type() {
        return problem.type();
    }

    /** The problem's {@code type} as it was sent; {@code about:blank} if there was none. */
    public String typeUri() {
        return problem.typeUri();
    }

    /** What happened and what can be done about it, for people. */
    public Optional<String> detail() {
        return Optional.ofNullable(problem.detail());
    }

    /** The problem's members beyond RFC 9457's own, such as {@code messageId}; read-only, values may be null. */
    public Map<String, Object> members() {
        return problem.members();
    }

    private static String describe(String call, Problem problem) {
        var status = problem.status() == 0 ? "" : " " + problem.status();
        var detail = problem.detail() == null ? "" : ": " + problem.detail();
        return call + " -" + status + " " + problem.title() + detail;
    }
}
