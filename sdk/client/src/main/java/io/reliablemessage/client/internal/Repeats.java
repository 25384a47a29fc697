package io.reliablemessage.client.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;

/**
 * When a call is repeated, and after which wait. Each of the service's calls may be: a repeat of one that succeeded
 * succeeds, too.
 */
final class Repeats {

    private static final int UNAVAILABLE = 503;
    private static final long FIRST_MILLIS = 50;
    private static final int MOST_DOUBLINGS = 4;

    private Repeats() {}

    /** Empty: the answer is final, or its sender does not ask to come again. */
    static Optional<Duration> after(ServiceAnswer answer, int attempt) {
        if (answer.status() != UNAVAILABLE) {
            return Optional.empty();
        }
        return Optional.ofNullable(Problem.retryAfter(answer.headers())).map(asked -> longer(asked, backoff(attempt)));
    }

    /**
     * Empty: it would not help, or no time is left.
     *
     * <p>The first repeat comes at once: a kept connection that the other side has closed meanwhile shows it only now
     * ("received no bytes"), and a new one will do.
     */
    static Optional<Duration> after(IOException failure, int attempt) {
        var isFinal = failure instanceof InterruptedIOException
                || failure instanceof SSLException
                || failure instanceof ProtocolException
                || (failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException))
                || NoAnswer.isUnresolved(failure);
        if (isFinal) {
            return Optional.empty();
        }
        return Optional.of(attempt == 1 ? Duration.ZERO : backoff(attempt - 1));
    }

    /** 50 ms, doubled up to 800 ms; between half of that and all of it, so that callers do not come all at once. */
    private static Duration backoff(int attempt) {
        var most = FIRST_MILLIS << Math.min(attempt - 1, MOST_DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
