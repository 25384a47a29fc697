package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.NOT_ACCEPTABLE;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import io.reliablemessage.api.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a call ends with into a problem. Says nothing of classes, SQL or stacks to the caller. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> refused(Problem problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    /** Before, during or after its commit: the caller cannot know and need not, because every call is safe to repeat. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> ledgerFailed(RuntimeException failure) {
        if (LedgerFailure.isOurFault(failure)) {
            return failed(failure);
        }
        log.atWarn().setCause(failure).log("ledger unavailable, the caller is told to repeat the call");
        return answer(
                new Problem(
                        UNAVAILABLE,
                        "The database did not answer as it should; whether the call took effect is not known. Repeat it."),
                HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception failure) {
        log.atError().setCause(failure).log("call failed unexpectedly");
        return answer(
                new Problem(INTERNAL_ERROR, "The service failed in a way it did not foresee; its log says how."),
                HttpHeaders.EMPTY);
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
