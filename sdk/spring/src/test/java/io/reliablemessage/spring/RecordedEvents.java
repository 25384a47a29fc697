package io.reliablemessage.spring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a consumer goes through. */
final class RecordedEvents implements ConsumerListener {

    final AtomicInteger handled = new AtomicInteger();
    final AtomicInteger duplicates = new AtomicInteger();
    final AtomicInteger pauses = new AtomicInteger();
    final AtomicInteger resumptions = new AtomicInteger();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final List<String> rejections = new CopyOnWriteArrayList<>();
    final List<String> foreign = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<String> obstacles = new CopyOnWriteArrayList<>();

    @Override
    public void handled(MessageHead head, Duration duration) {
        handled.incrementAndGet();
    }

    @Override
    public void duplicate(MessageHead head) {
        duplicates.incrementAndGet();
    }

    @Override
    public void rejected(MessageHead head, String code, String reason) {
        rejections.add(code + ": " + reason);
    }

    @Override
    public void failed(MessageHead head, Throwable cause) {
        failures.add(cause);
    }

    @Override
    public void foreign(String queue, String reason) {
        foreign.add(reason);
    }

    @Override
    public void answerRefused(String id, String subscription, Exception cause) {
        refused.add(id);
    }

    @Override
    public void paused() {
        pauses.incrementAndGet();
    }

    @Override
    public void resumed() {
        resumptions.incrementAndGet();
    }

    @Override
    public void notListening(String subscription, String reason) {
        obstacles.add(reason);
    }
}
