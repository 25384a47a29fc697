package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives answers to the service, again until it takes them. What is lost with the process comes again as a duplicate.
 *
 * <p>Safe for use by many threads; nothing blocks but {@link #close}. One thread of its own decides what is sent when.
 */
final class ServiceAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceAnswers.class);

    private static final int MAX_ON_THEIR_WAY = 500;
    private static final int MAX_PROBES = 100; // one request of the client
    private static final Duration MIN_BACK_OFF = Duration.ofMillis(500);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);
    // A wrong key or an address that belongs to something else: people correct them, and no answer is lost meanwhile.
    private static final Set<Integer> CORRECTED_LATER = Set.of(401, 403, 404, 405);

    private final ReliableMessageClient client;
    private final AnswerLimit limit;
    private final Events events;
    private final ScheduledExecutorService thread;
    private final Throttle warnings = new Throttle(Duration.ofSeconds(30));

    // Of the thread.
    private final Deque<ServiceAnswer> waiting = new ArrayDeque<>();
    private int onTheirWay;
    private int failures;
    private @Nullable ScheduledFuture<?> backOff;

    ServiceAnswers(ReliableMessageClient client, AnswerLimit limit, Events events) {
        this.client = client;
        this.limit = limit;
        this.events = events;
        this.thread = Daemons.scheduler("reliable-message-answers");
    }

    void add(ServiceAnswer answer) {
        limit.added();
        afterwards(() -> {
            waiting.addLast(answer);
            sendWhatWaits();
        });
    }

    /** Once more without waiting, then waits for the service to take what is left. */
    void close(Duration within) {
        try {
            thread.execute(this::endBackOff);
        } catch (RejectedExecutionException closedBefore) {
            return;
        }
        var left = limit.awaitNone(within);
        thread.shutdownNow();
        if (left > 0) {
            LOG.atInfo()
                    .addKeyValue("answers", left)
                    .log(
                            "The service did not take all answers before the end; these messages come again as duplicates");
        }
    }

    /** After the end, the answer that the task is about is lost. */
    private void afterwards(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            limit.removed();
        }
    }

    private void sendWhatWaits() {
        while (backOff == null && onTheirWay < (failures == 0 ? MAX_ON_THEIR_WAY : MAX_PROBES)) {
            var answer = waiting.pollFirst();
            if (answer == null) {
                return;
            }
            send(answer);
        }
    }

    private void send(ServiceAnswer answer) {
        onTheirWay++;
        try {
            var unused = answer.send(client).whenComplete((taken, failure) -> afterwards(() -> ended(answer, failure)));
        } catch (RuntimeException e) {
            afterwards(() -> ended(answer, e));
        }
    }

    private void ended(ServiceAnswer answer, @Nullable Throwable thrown) {
        onTheirWay--;
        var failure = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (failure == null) {
            limit.removed();
            events.emit(listener -> listener.answered(1));
            endBackOff();
        } else if (isFinal(failure)) {
            limit.removed();
            refused(answer, (Exception) failure);
            endBackOff();
        } else {
            waiting.addLast(answer); // last, so that it holds up no other
            backOff(failure);
        }
    }

    /** What the service has decided stands; what it cannot take now, it may take later. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof MessageNotFoundException
                || failure instanceof IllegalArgumentException
                || (failure instanceof MessageProblemException problem
                        && !(problem instanceof ServiceUnavailableException)
                        && !CORRECTED_LATER.contains(problem.status()));
    }

    private void refused(ServiceAnswer answer, Exception failure) {
        LOG.atWarn()
                .addKeyValue("message", answer.id())
                .addKeyValue("subscription", answer.subscription())
                .addKeyValue("answer", answer.code() == null ? "ack" : "reject " + answer.code())
                .log("The service refused an answer for good: {}", failure.getMessage());
        events.emit(listener -> listener.answerRefused(answer.id(), answer.subscription(), failure));
    }

    private void backOff(Throwable failure) {
        if (backOff != null) {
            return;
        }
        var factor = 1L << Math.min(failures, 10);
        failures++;
        var wait = Math.min(MIN_BACK_OFF.toMillis() * factor, MAX_BACK_OFF.toMillis());
        backOff = thread.schedule(this::tryAgain, wait, TimeUnit.MILLISECONDS);
        var open = limit.open();
        if (warnings.isDue(String.valueOf(failure.getClass()))) {
            LOG.atWarn()
                    .addKeyValue("waiting", open)
                    .log("The service does not take answers now, which is tried again: {}", failure.getMessage());
        }
        events.emit(listener -> listener.answersPostponed(
                open, failure instanceof Exception exception ? exception : new IllegalStateException(failure)));
    }

    private void tryAgain() {
        backOff = null;
        sendWhatWaits();
    }

    private void endBackOff() {
        failures = 0;
        if (backOff != null) {
            backOff.cancel(false);
            backOff = null;
        }
        sendWhatWaits();
    }
}
