package io.reliablemessage.client;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nobody knows whether it is done: the service could not be reached, did not answer in time, answered 5xx or "too
 * busy", or something else answered in its place.
 *
 * <p>Repeat the same call later. That is safe for every call; {@code prepare} and {@code send} need the producer's own
 * id for it, since without one each call stores another message.
 */
public final class ServiceUnavailableException extends MessageProblemException {

    private final @Nullable Duration retryAfter;

    ServiceUnavailableException(String call, Problem problem, @Nullable Throwable cause) {
        super(call, problem, cause);
        this.retryAfter = problem.retryAfter();
    }

    /** When the service asked to be called again; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    static ServiceUnavailableException unanswered(String call, Throwable cause) {
        return new ServiceUnavailableException(call, Problem.unanswered(describe(cause)), cause);
    }

    private static String describe(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "timed out";
        }
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
