package io.reliablemessage.recovery;

import io.reliablemessage.api.RedeliveryReport;
import io.reliablemessage.client.MessageProblemException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the latest calls say about the service. Logs a change of that once, not every call. */
@Component
class ServiceContact {

    private static final Logger log = LoggerFactory.getLogger(ServiceContact.class);

    enum State {
        NOT_CALLED,
        ANSWERS,
        /** The service answers, but has no broker to send with. */
        LACKS_BROKER,
        FAILS
    }

    /**
     * What is known after a call.
     *
     * @param since when the state began
     * @param failures in a row
     * @param failure the latest one, while the state is FAILS
     */
    record Status(
            State state,
            Instant since,
            int failures,
            @Nullable Failure failure,
            @Nullable Instant lastSuccess) {}

    record Failure(String kind, String text) {

        boolean isLike(@Nullable Failure other) {
            return other != null && kind.equals(other.kind);
        }
    }

    private final InstantSource clock;
    private final RedeliveryMetrics metrics;
    private volatile Status status;

    ServiceContact(InstantSource clock, RedeliveryMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.status = new Status(State.NOT_CALLED, clock.instant(), 0, null, null);
    }

    Status status() {
        return status;
    }

    void answered(RedeliveryReport report) {
        metrics.answered(report);
        var before = status;
        var state = report.brokerAvailable() ? State.ANSWERS : State.LACKS_BROKER;
        var now = clock.instant();
        status = new Status(state, state == before.state() ? before.since() : now, 0, null, now);
        if (state == before.state()) {
            return;
        }
        if (state == State.LACKS_BROKER) {
            log.warn("The message service has no broker; nothing is sent again until it has");
        } else {
            log.atInfo()
                    .addKeyValue("before", before.state())
                    .addKeyValue("since", before.since())
                    .log("The message service answers");
        }
    }

    /** Answers how many calls in a row have failed now. */
    int failed(Throwable failure) {
        metrics.failed(failure);
        var before = status;
        var isNew = before.state() != State.FAILS;
        var error = new Failure(kindOf(failure), textOf(failure));
        var failures = before.failures() + 1;
        status = new Status(
                State.FAILS, isNew ? clock.instant() : before.since(), failures, error, before.lastSuccess());
        if (isNew || !error.isLike(before.failure())) {
            // What the client foresees says all in its text; a stack trace is for the rest.
            log.atWarn()
                    .addKeyValue("error", error.text())
                    .setCause(failure instanceof MessageProblemException ? null : failure)
                    .log("Calls to the message service fail; nothing is sent again until they succeed");
        }
        return failures;
    }

    // A refusal (the key has been revoked) is news even while calls fail; another way of being unreachable is not.
    private static String kindOf(Throwable failure) {
        return failure.getClass() == MessageProblemException.class
                ? ((MessageProblemException) failure).typeUri()
                : failure.getClass().getName();
    }

    private static String textOf(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }
}
