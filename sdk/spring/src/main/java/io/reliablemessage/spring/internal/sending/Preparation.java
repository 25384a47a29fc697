package io.reliablemessage.spring.internal.sending;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.spring.Fallback;
import io.reliablemessage.spring.NotPreparedException;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores the half messages of a transaction that is about to commit, in one call and a short time. */
public final class Preparation {

    // What another registration, key or time cures; everything else is about the message itself.
    private static final Set<ProblemType> NOT_READY = Set.of(
            ProblemType.UNAUTHENTICATED,
            ProblemType.FORBIDDEN,
            ProblemType.TOPIC_NOT_FOUND,
            ProblemType.NO_SUBSCRIPTION,
            ProblemType.TOO_MANY_CALLS);

    private final ReliableMessageClient client;
    private final RowRequests requests;
    private final Fallback fallback;
    private final Duration timeout;
    private final Breaker breaker = new Breaker(System::nanoTime);

    public Preparation(ReliableMessageClient client, Fallback fallback, Duration timeout) {
        this.client = client;
        this.requests = new RowRequests(client.codec());
        this.fallback = fallback;
        this.timeout = timeout;
    }

    /**
     * Returns whether the service has all of them; false: they are sent after the commit.
     *
     * @param millisLeft until the transaction's own timeout
     * @throws NotPreparedException the transaction must not commit
     */
    boolean prepare(List<OutboxRow> rows, String store, long millisLeft) {
        if (!breaker.allows()) {
            return fallBack("the service has not answered for a while, and is not called for some seconds", null);
        }
        try {
            call(rows.stream().map(row -> requests.of(row, store)).toList(), millisLeft);
            return true;
        } catch (ServiceUnavailableException e) {
            return fallBack("the service did not answer in time", e);
        } catch (MessageProblemException e) {
            if (e.type().filter(NOT_READY::contains).isPresent()) {
                return fallBack("the service is not ready for it", e);
            }
            throw notPrepared("the service refuses it", e);
        }
    }

    private List<MessageStatus> call(List<PrepareRequest> messages, long millisLeft) {
        var isAnswered = false;
        try {
            var statuses = client.prepareAll(messages, Duration.ofMillis(Math.min(timeout.toMillis(), millisLeft)));
            isAnswered = true;
            return statuses;
        } catch (ServiceUnavailableException e) {
            throw e;
        } catch (MessageProblemException refused) {
            isAnswered = true;
            throw refused;
        } finally {
            if (isAnswered) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private boolean fallBack(String reason, @Nullable MessageProblemException cause) {
        if (fallback == Fallback.OUTBOX) {
            return false;
        }
        throw notPrepared(reason, cause);
    }

    private static NotPreparedException notPrepared(String reason, @Nullable MessageProblemException cause) {
        var detail = cause == null ? "" : ": " + cause.getMessage();
        return new NotPreparedException(
                "The transaction is rolled back, since a message of it is not stored: " + reason + detail, cause);
    }
}
