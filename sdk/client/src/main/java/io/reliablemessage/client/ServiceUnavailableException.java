package io.reliablemessage.client;

import io.reliablemessage.client.internal.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome is unknown: the service could not be reached, did not answer in time, answered 5xx or "too busy", or
 * something else answered in its place. Also thrown for calls that the client did not send, because of a timeout, a
 * full queue or a closed client; the message names the reason.
 *
 * <p>Repeat the same call later; the client has done so as long as the call had time. That is safe for every call;
 * {@code prepare} and {@code send} need the producer's own id for it, since without one each call stores another
 * message.
 */
public final class ServiceUnavailableException extends MessageProblemException {

    private final @Nullable Duration retryAfter;

    public ServiceUnavailableException(String call, Problem problem, @Nullable Throwable cause) {
        super(call, problem, cause);
        this.retryAfter = problem.retryAfter();
    }

    /** The wait that the service asks for; empty if it named none. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
