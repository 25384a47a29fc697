package io.reliablemessage.client;

import io.reliablemessage.client.internal.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nobody knows whether it is done: the service could not be reached, did not answer in time, answered 5xx or "too
 * busy", or something else answered in its place. Also thrown for what the client did not send: its time was over, too
 * much waited, or the client was closed; the message says so.
 *
 * <p>Repeat the same call later. That is safe for every call; {@code prepare} and {@code send} need the producer's own
 * id for it, since without one each call stores another message.
 */
public final class ServiceUnavailableException extends MessageProblemException {

    private final @Nullable Duration retryAfter;

    public ServiceUnavailableException(String call, Problem problem, @Nullable Throwable cause) {
        super(call, problem, cause);
        this.retryAfter = problem.retryAfter();
    }

    /** When the service asked to be called again; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
