package io.reliablemessage.service.publishing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Repeats a turn on a thread of its own, whatever a turn throws; an OutOfMemoryError, too.
 *
 * <p>If the thread ends unasked nevertheless, the process is no longer live: it looks healthy and does nothing.
 */
final class LoopThread {

    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String name;
    private final BooleanSupplier goesOn;
    private final Turn turn;
    private final ApplicationEventPublisher events;

    private LoopThread(String name, BooleanSupplier goesOn, Turn turn, ApplicationEventPublisher events) {
        this.name = name;
        this.goesOn = goesOn;
        this.turn = turn;
        this.events = events;
    }

    /** @param goesOn asked before each turn */
    static Thread start(String name, BooleanSupplier goesOn, Turn turn, ApplicationEventPublisher events) {
        return Thread.ofPlatform().name(name).daemon().start(new LoopThread(name, goesOn, turn, events)::run);
    }

    private void run() {
        var isDone = false;
        try {
            while (goesOn.getAsBoolean()) {
                repeat();
            }
            isDone = true;
        } finally {
            if (!isDone) {
                AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
            }
        }
    }

    private void repeat() {
        try {
            turn.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (Throwable unexpected) { // An Error too: nobody else would send, or give back.
            report(unexpected);
            pause(PAUSE);
        }
    }

    private void report(Throwable unexpected) {
        try {
            log.atError()
                    .addKeyValue("loop", name)
                    .setCause(unexpected)
                    .log("a turn of a loop failed, the next follows");
        } catch (Throwable alsoThis) { // No memory for a line of the log is no reason to end.
            unexpected.addSuppressed(alsoThis);
        }
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    interface Turn {
        void run() throws InterruptedException;
    }
}
