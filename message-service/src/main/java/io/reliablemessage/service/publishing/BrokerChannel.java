package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Trace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A channel to the broker, for sends from one thread. Their confirms come later, on a thread of the broker's connection. */
public interface BrokerChannel {

    /**
     * Sends without waiting for the confirm. Sends are numbered from 1, failed ones included.
     *
     * @param trace for the consumer to continue
     */
    void send(Dispatch dispatch, Trace trace) throws IOException;

    boolean isOpen();

    /** Returns why the broker closed this channel; null if it did not, or closed more than the channel. */
    @Nullable
    String refusal();

    /** Closes the channel, if it is still open; never fails. */
    void abort();

    /** Receives the broker's answers to sends. */
    interface Listener {

        /** @param upTo whether all unanswered sends before this one are confirmed, too */
        void confirmed(long number, boolean upTo);

        /** @param upTo whether all unanswered sends before this one are refused, too */
        void refused(long number, boolean upTo);

        /** The broker has no such queue. Comes before the confirm of the same send, which then confirms nothing else. */
        void returned(String messageId, String queue, String reason);
    }
}
