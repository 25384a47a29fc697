package io.reliablemessage.worker;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A failed call of the service. Its text has all an operator needs, without the API key and the answer's body. */
public final class ServiceCallException extends RuntimeException {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNTYPED = "about:blank";
    // Too early, too late, too many: gateways say so, and later they will not.
    private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);

    private final String kind;
    private final boolean isRefusal;

    private ServiceCallException(String text, String kind, boolean isRefusal, @Nullable Throwable cause) {
        super(text, cause);
        this.kind = kind;
        this.isRefusal = isRefusal;
    }

    static ServiceCallException unanswered(String call, IOException cause, URI url) {
        var why = switch (cause) {
            case HttpConnectTimeoutException unreachable -> noConnection(url);
            case ConnectException unreachable -> noConnection(url);
            case HttpTimeoutException timeout -> "timed out";
            default -> String.valueOf(cause.getMessage());
        };
        return new ServiceCallException(call + " - No answer: " + why, "unavailable", false, cause);
    }

    private static String noConnection(URI url) {
        return "no connection to %s: check the url, and that the service runs and can be reached from here"
                .formatted(url);
    }

    static ServiceCallException refused(String call, WorkerClient.Answer answer) {
        var status = answer.status();
        var problem = problem(answer.body());
        if (problem.isEmpty()) {
            return unexplained(call, answer, isRefusal(status));
        }
        var type = problem.get().path("type").asString(UNTYPED);
        var detail = problem.get().path("detail").asString("");
        var text = "%s - %d %s%s"
                .formatted(
                        call,
                        status,
                        problem.get().path("title").asString(type),
                        detail.isEmpty() ? "" : ": " + detail);
        return new ServiceCallException(text, isRefusal(status) ? type : "unavailable", isRefusal(status), null);
    }

    /** A success by its status, but whose? */
    static ServiceCallException notUnderstood(String call, WorkerClient.Answer answer) {
        return unexplained(call, answer, false);
    }

    private static ServiceCallException unexplained(String call, WorkerClient.Answer answer, boolean isRefusal) {
        var text =
                "%s - %d Not a problem document: This is not an answer of the service (content type: %s). Check the url"
                                .formatted(call, answer.status(), answer.contentType())
                        + " and what stands between; redirects are not followed.";
        return new ServiceCallException(text, isRefusal ? UNTYPED : "unavailable", isRefusal, null);
    }

    private static boolean isRefusal(int status) {
        return status >= 300 && status < 500 && !PASSING_STATUSES.contains(status);
    }

    private static Optional<JsonNode> problem(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body))
                    .filter(json -> json.path("type").isString());
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** The problem's type if the service refused; all ways of being unavailable are of one kind. */
    public String kind() {
        return kind;
    }

    /** Repeating the call cannot help; otherwise its outcome is unknown, and it is safe to repeat. */
    public boolean isRefusal() {
        return isRefusal;
    }
}
