package io.reliablemessage.worker;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks whether the service answers. Logs each change once, not every call. */
public final class ServiceAvailability {

    private static final Logger log = LoggerFactory.getLogger(ServiceAvailability.class);

    enum State {
        NOT_CALLED,
        ANSWERS,
        /** The service answers, but its broker is unavailable. */
        LACKS_BROKER,
        FAILS
    }

    /**
     * The state after a call.
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

        static Failure of(Throwable failure) {
            var text = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
            // A refusal (such as a revoked key) is news even while calls fail, so its kind is its problem type.
            // Another way of being unreachable is no news: its text does not change the kind.
            return failure instanceof ServiceCallException call
                    ? new Failure(call.kind(), text)
                    : new Failure(failure.getClass().getName(), text);
        }

        boolean isLike(@Nullable Failure other) {
            return other != null && kind.equals(other.kind);
        }
    }

    private final InstantSource clock;
    private final String consequence;
    private volatile Status status;

    /** @param consequence what stops while the service does not answer, such as {@code "no check-backs are made"} */
    public ServiceAvailability(InstantSource clock, String consequence) {
        this.clock = clock;
        this.consequence = consequence;
        this.status = new Status(State.NOT_CALLED, clock.instant(), 0, null, null);
    }

    Status status() {
        return status;
    }

    public void answered() {
        answered(true);
    }

    public void answered(boolean hasBroker) {
        var before = status;
        var state = hasBroker ? State.ANSWERS : State.LACKS_BROKER;
        var now = clock.instant();
        status = new Status(state, state == before.state() ? before.since() : now, 0, null, now);
        if (state == before.state()) {
            return;
        }
        if (state == State.LACKS_BROKER) {
            log.warn("The message service has no broker; {} until it has", consequence);
        } else {
            log.atInfo()
                    .addKeyValue("before", before.state())
                    .addKeyValue("since", before.since())
                    .log("The message service answers");
        }
    }

    /** Returns how many calls in a row have failed. */
    public int failed(Throwable failure) {
        var before = status;
        var isNew = before.state() != State.FAILS;
        var error = Failure.of(failure);
        var failures = before.failures() + 1;
        status = new Status(
                State.FAILS, isNew ? clock.instant() : before.since(), failures, error, before.lastSuccess());
        if (isNew || !error.isLike(before.failure())) {
            // An expected failure explains itself in its text; the others get a stack trace.
            log.atWarn()
                    .addKeyValue("error", error.text())
                    .setCause(failure instanceof ServiceCallException ? null : failure)
                    .log("Calls to the message service fail; {} until they succeed", consequence);
        }
        return failures;
    }
}
