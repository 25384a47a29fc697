package io.reliablemessage.test.internal.http;

import io.reliablemessage.api.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Thrown where a rule refuses a call; it becomes the response. */
public final class Problem extends RuntimeException {

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    public Problem(ProblemType type, String detail) {
        super(detail);
        this.type = type;
        this.detail = detail;
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, type.meaning());
    }

    public static Problem malformed(String detail) {
        return new Problem(ProblemType.MALFORMED_REQUEST, detail);
    }

    public static Problem invalid(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail);
    }

    public static void require(boolean holds, String rule) {
        if (!holds) {
            throw invalid(rule);
        }
    }

    public static Problem messageNotFound(MessageId id) {
        return new Problem(ProblemType.MESSAGE_NOT_FOUND, "Your application has no message %s.".formatted(id))
                .with("messageId", id);
    }

    /** A step that the current state does not allow. */
    public static Problem refused(MessageId id, String attempted, Enum<?> state, String remedy) {
        return new Problem(
                        ProblemType.TRANSITION_REFUSED,
                        "Message %s is %s, so it cannot take the step %s. %s".formatted(id, state, attempted, remedy))
                .with("messageId", id)
                .with("attempted", attempted)
                .with("state", state);
    }

    public Problem with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    /** As RFC 9457 has it. */
    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", type.uri());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.putAll(members);
        return body;
    }
}
