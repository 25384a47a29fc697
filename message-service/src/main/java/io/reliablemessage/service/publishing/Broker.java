package io.reliablemessage.service.publishing;

import java.io.IOException;

/** Port to the message broker. A second broker gets a package of its own and passes the same contract test. */
public interface Broker {

    /** Names the broker as OpenTelemetry's {@code messaging.system} does. */
    String system();

    /**
     * Opens a channel, connecting first when there is no connection.
     *
     * @throws IOException when the broker is out of reach or grants no channel
     */
    BrokerChannel open(BrokerChannel.Listener listener) throws IOException;

    /** Counts the connections made. */
    int generation();

    /** Whether the broker is short of memory or disk and accepts no sends. */
    boolean isBlocked();

    /** Since when the broker has accepted sends, by {@link System#nanoTime}. */
    long acceptingSince();

    /** Ends the connection; the next channel makes a new one. */
    void disconnect();

    /**
     * Makes sure that a queue exists. An existing one stays as it is.
     *
     * @throws BrokerUnavailable when that cannot be known now
     */
    void declare(String queue);

    /**
     * Reads the backlog of a queue; that of a missing queue is empty.
     *
     * @throws BrokerUnavailable when it cannot be known now
     */
    Backlog backlog(String queue);

    /** @param messages those that wait for a consumer; the embedded broker counts unacknowledged ones, too */
    record Backlog(int messages, int consumers) {

        public static final Backlog NONE = new Backlog(0, 0);
    }
}
