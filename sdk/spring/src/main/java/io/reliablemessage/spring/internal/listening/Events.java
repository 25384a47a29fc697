package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.spring.ConsumerListener;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events on, whatever the application's listener does with them. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final ConsumerListener listener;

    Events(ConsumerListener listener) {
        this.listener = listener;
    }

    void emit(Consumer<ConsumerListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A ConsumerListener failed", e);
        }
    }
}
