package io.reliablemessage.checker;

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
        FAILS
    }

    /**
     * What is known after a call.
     *
     * @param since when the state began
     * @param failures in a row
     * @param error the latest one, while the state is FAILS
     */
    record Status(
            State state,
            Instant since,
            int failures,
            @Nullable String error,
            @Nullable Instant lastSuccess) {}

    private final InstantSource clock;
    private volatile Status status;

    ServiceContact(InstantSource clock) {
        this.clock = clock;
        this.status = new Status(State.NOT_CALLED, clock.instant(), 0, null, null);
    }

    Status status() {
        return status;
    }

    void answered() {
        var before = status;
        var now = clock.instant();
        var isNew = before.state() != State.ANSWERS;
        status = new Status(State.ANSWERS, isNew ? now : before.since(), 0, null, now);
        if (isNew) {
            log.atInfo()
                    .addKeyValue("before", before.state())
                    .addKeyValue("since", before.since())
                    .log("The message service answers");
        }
    }

    /** Answers how many calls in a row have failed now. */
    int failed(Throwable failure) {
        var before = status;
        var isNew = before.state() != State.FAILS;
        var error = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        var failures = before.failures() + 1;
        status = new Status(
                State.FAILS, isNew ? clock.instant() : before.since(), failures, error, before.lastSuccess());
        if (isNew) {
            // What the client foresees says all in its text; a stack trace is for the rest.
            log.atWarn()
                    .addKeyValue("error", error)
                    .setCause(failure instanceof MessageProblemException ? null : failure)
                    .log("Calls to the message service fail; no producer is asked until they succeed");
        }
        return failures;
    }
}
