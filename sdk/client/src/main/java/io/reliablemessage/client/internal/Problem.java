package io.reliablemessage.client.internal;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.client.TransitionRefusedException;
import io.reliablemessage.client.internal.json.Json;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not a success, as far as it could be read.
 *
 * @param status the HTTP status; 0: no answer came
 * @param typeUri {@code about:blank} if the answer was no RFC 9457 problem
 * @param members the problem's members beyond those of RFC 9457
 * @param retryAfter as the {@code Retry-After} header asks, if it does so in seconds
 */
public record Problem(
        int status,
        String typeUri,
        String title,
        @Nullable String detail,
        Map<String, Object> members,
        @Nullable Duration retryAfter) {

    private static final String UNTYPED = "about:blank";
    private static final Set<String> STANDARD_MEMBERS = Set.of("type", "title", "status", "detail", "instance");
    // Too early, too late, too many: gateways say so, and later they will not.
    private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);
    private static final Set<Integer> CONTENT_STATUSES = Set.of(400, 413, 422);
    private static final Pattern SECONDS = Pattern.compile("\\d+");
    private static final int NO_ANSWER = 0;
    private static final int DIGITS_OF_A_DAY = 5;

    /** @param json what the body holds; null: it is no JSON */
    static Problem read(int status, HttpHeaders headers, @Nullable Object json) {
        return of(status, headers, Json.readMembers(json));
    }

    /** The problem of one item, in an array that was answered with success. */
    static Problem ofItem(int statusOfAll, HttpHeaders headers, Map<String, Object> all) {
        var status = all.get("status") instanceof Integer given && given >= 400
                ? given
                : Optional.ofNullable(all.get("type"))
                        .flatMap(type -> ProblemType.fromUri(type.toString()))
                        .map(ProblemType::status)
                        .orElse(statusOfAll);
        return of(status, headers, all);
    }

    private static Problem of(int status, HttpHeaders headers, Map<String, Object> all) {
        if (!(all.get("type") instanceof String type)) {
            return unexplained(status, headers);
        }
        var title = all.get("title") instanceof String text ? text : type;
        var detail = all.get("detail") instanceof String text ? text : null;
        var extensions = new LinkedHashMap<>(all);
        extensions.keySet().removeAll(STANDARD_MEMBERS);
        return new Problem(status, type, title, detail, Collections.unmodifiableMap(extensions), retryAfter(headers));
    }

    /** The body is left out on purpose: whoever answered may have echoed the request, API key included. */
    static Problem unexplained(int status, HttpHeaders headers) {
        var contentType = headers.firstValue("Content-Type").orElse("none");
        var detail = "This is not an answer of the service (content type: " + contentType + "). Check the url and what "
                + "stands between; redirects are not followed.";
        return new Problem(status, UNTYPED, "Not a problem document", detail, Map.of(), retryAfter(headers));
    }

    static Problem unanswered(String why) {
        return new Problem(NO_ANSWER, UNTYPED, "No answer", why, Map.of(), null);
    }

    public Optional<ProblemType> type() {
        return ProblemType.fromUri(typeUri);
    }

    /** Whether it is about the content, so that other content might be accepted. */
    boolean isAboutTheContent() {
        return CONTENT_STATUSES.contains(status);
    }

    MessageProblemException toException(String call, @Nullable Throwable cause) {
        if (isOutcomeUnknown()) {
            return new ServiceUnavailableException(call, this, cause);
        }
        var type = type().orElse(null);
        if (type == ProblemType.TRANSITION_REFUSED) {
            return new TransitionRefusedException(call, this);
        }
        // Only the service's own word is final; a proxy's 404 says nothing about the message.
        if (type == ProblemType.MESSAGE_NOT_FOUND) {
            return new MessageNotFoundException(call, this);
        }
        return new MessageProblemException(call, this, cause);
    }

    /** A success that explains nothing is no better than silence. */
    private boolean isOutcomeUnknown() {
        return status < 300 || status >= 500 || PASSING_STATUSES.contains(status);
    }

    static @Nullable Duration retryAfter(HttpHeaders headers) {
        var value = headers.firstValue("Retry-After").orElse("");
        var isSeconds =
                value.length() <= DIGITS_OF_A_DAY && SECONDS.matcher(value).matches();
        return isSeconds ? Duration.ofSeconds(Long.parseLong(value)) : null;
    }
}
