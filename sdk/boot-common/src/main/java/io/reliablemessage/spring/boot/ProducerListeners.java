package io.reliablemessage.spring.boot;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.spring.ProducerListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of an application; one that throws does not keep the others from hearing. */
final class ProducerListeners implements ProducerListener {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerListeners.class);

    private final List<ProducerListener> all;

    ProducerListeners(List<ProducerListener> all) {
        this.all = all;
    }

    @Override
    public void settled(int messages) {
        each(listener -> listener.settled(messages));
    }

    @Override
    public void refused(String id, String reason) {
        each(listener -> listener.refused(id, reason));
    }

    @Override
    public void postponed(int messages, Exception cause) {
        each(listener -> listener.postponed(messages, cause));
    }

    @Override
    public void cancelled(int messages) {
        each(listener -> listener.cancelled(messages));
    }

    @Override
    public void cancelsDropped(int messages) {
        each(listener -> listener.cancelsDropped(messages));
    }

    @Override
    public void checked(String id, CheckbackDecision decision, String reason) {
        each(listener -> listener.checked(id, decision, reason));
    }

    @Override
    public void storeUnavailable(String store, Exception cause) {
        each(listener -> listener.storeUnavailable(store, cause));
    }

    @Override
    public void restored(String epoch, int messages, int withoutPayload) {
        each(listener -> listener.restored(epoch, messages, withoutPayload));
    }

    private void each(Consumer<ProducerListener> call) {
        for (var listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("The ProducerListener {} failed", listener.getClass().getName(), e);
            }
        }
    }
}
