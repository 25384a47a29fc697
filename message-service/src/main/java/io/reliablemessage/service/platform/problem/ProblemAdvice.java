package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.NOT_ACCEPTABLE;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.REQUEST_TIMEOUT;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import io.reliablemessage.api.ProblemType;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns every exception of a call into a problem. Shows no class, SQL or stack to the caller. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ResponseEntity<Object> refused(Problem problem, WebRequest request) {
        request.setAttribute(ProblemType.class.getName(), problem.type(), RequestAttributes.SCOPE_REQUEST);
        return answer(problem, HttpHeaders.EMPTY);
    }

    /** Tomcat's, when a query is first looked at: broken percent-encoding, or not UTF-8. */
    @ExceptionHandler
    ResponseEntity<Object> unreadable(InvalidParameterException query) {
        return answer(
                new Problem(MALFORMED_REQUEST, "The query is not percent-encoded UTF-8.", query), HttpHeaders.EMPTY);
    }

    /** The firewall's, when parameters are first looked at: a name has control characters. */
    @ExceptionHandler
    ResponseEntity<Object> unreadable(RequestRejectedException query) {
        return answer(
                new Problem(MALFORMED_REQUEST, "A parameter's name has characters that are not allowed.", query),
                HttpHeaders.EMPTY);
    }

    /** Actuator's, which reads {@code Accept} by itself. */
    @ExceptionHandler
    ResponseEntity<Object> unreadable(InvalidMimeTypeException accepted) {
        return answer(new Problem(NOT_ACCEPTABLE, NOT_ACCEPTABLE.meaning(), accepted), HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception failure) {
        return answer(Failures.explain(failure), HttpHeaders.EMPTY);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (unreadable.getMostSpecificCause() instanceof Problem problem) {
            return answer(problem, headers);
        }
        return answer(
                new Problem(MALFORMED_REQUEST, UnreadableJson.explain(unreadable.getMostSpecificCause())), headers);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(new Problem(MALFORMED_REQUEST, UnreadableParameter.explain(invalid)), headers);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(new Problem(MALFORMED_REQUEST, UnreadableParameter.explain(mismatch)), headers);
    }

    /** Spring's own refusals: wrong method, wrong media type, no such path and the like. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception refusal, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            return failed(refusal);
        }
        var type = typeOf(status.value());
        return answer(new Problem(type, type.meaning()), headers);
    }

    static ProblemType typeOf(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 501, 505 -> MALFORMED_REQUEST; // Tomcat's, about transfer encodings and versions of HTTP
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL_ERROR : MALFORMED_REQUEST;
        };
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                .headers(problem.headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.body());
    }
}
