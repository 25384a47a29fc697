package io.reliablemessage.service.platform.problem;

import io.reliablemessage.api.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** Thrown where a rule refuses a call; it becomes the response. */
public class Problem extends RuntimeException {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    public Problem(ProblemType type, String detail) {
        this(type, detail, null);
    }

    public Problem(ProblemType type, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.detail = detail;
    }

    /** Adds an extension member, for programs to read what the detail says to people. */
    public Problem with(String name, Object value) {
        assert type.members().contains(name) : type + " does not say that it may carry " + name;
        members.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    /** The text for the caller. */
    public ProblemDetail body() {
        var body = ProblemDetail.forStatusAndDetail(
                org.springframework.http.HttpStatusCode.valueOf(type.status()), detail);
        body.setType(URI.create(type.uri()));
        body.setTitle(type.title());
        members.forEach(body::setProperty);
        return body;
    }

    HttpHeaders headers() {
        var headers = new HttpHeaders();
        switch (type) {
            case UNAVAILABLE, TOO_MANY_CALLS ->
                headers.set(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
            case UNAUTHENTICATED -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            default -> {}
        }
        return headers;
    }
}
