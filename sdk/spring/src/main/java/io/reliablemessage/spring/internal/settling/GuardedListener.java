package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.spring.ProducerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws away from the work it hears of. */
final class GuardedListener implements ProducerListener {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final Throttle failures = new Throttle();
    private final ProducerListener listener;

    GuardedListener(ProducerListener listener) {
        this.listener = listener;
    }

    @Override
    public void settled(int messages) {
        if (messages > 0) {
            guard(() -> listener.settled(messages));
        }
    }

    @Override
    public void refused(String id, String reason) {
        guard(() -> listener.refused(id, reason));
    }

    @Override
    public void postponed(int messages, Exception cause) {
        guard(() -> listener.postponed(messages, cause));
    }

    @Override
    public void cancelled(int messages) {
        if (messages > 0) {
            guard(() -> listener.cancelled(messages));
        }
    }

    @Override
    public void cancelsDropped(int messages) {
        if (messages > 0) {
            guard(() -> listener.cancelsDropped(messages));
        }
    }

    @Override
    public void checked(String id, CheckbackDecision decision, String reason) {
        guard(() -> listener.checked(id, decision, reason));
    }

    @Override
    public void storeUnavailable(String store, Exception cause) {
        guard(() -> listener.storeUnavailable(store, cause));
    }

    @Override
    public void restored(String epoch, int messages, int withoutPayload) {
        guard(() -> listener.restored(epoch, messages, withoutPayload));
    }

    private void guard(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            failures.count(1).ifPresent(count -> LOG.warn("A ProducerListener failed ({} times)", count, e));
        }
    }
}
