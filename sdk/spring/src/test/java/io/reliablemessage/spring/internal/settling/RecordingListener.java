package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.ProducerListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it hears. */
final class RecordingListener implements ProducerListener {

    final AtomicInteger settled = new AtomicInteger();
    final Map<String, String> refused = new ConcurrentHashMap<>();
    final AtomicInteger postponed = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger cancelsDropped = new AtomicInteger();
    final List<String> unavailable = new CopyOnWriteArrayList<>();
    final List<String> restored = new CopyOnWriteArrayList<>();

    @Override
    public void settled(int messages) {
        settled.addAndGet(messages);
    }

    @Override
    public void refused(String id, String reason) {
        refused.put(id, reason);
    }

    @Override
    public void postponed(int messages, Exception cause) {
        postponed.addAndGet(messages);
    }

    @Override
    public void cancelled(int messages) {
        cancelled.addAndGet(messages);
    }

    @Override
    public void cancelsDropped(int messages) {
        cancelsDropped.addAndGet(messages);
    }

    @Override
    public void storeUnavailable(String store, Exception cause) {
        unavailable.add(store);
    }

    @Override
    public void restored(String epoch, int messages, int withoutPayload) {
        restored.add("epoch %s: %d again, %d without payload".formatted(epoch, messages, withoutPayload));
    }
}
