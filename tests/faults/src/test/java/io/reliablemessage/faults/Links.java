package io.reliablemessage.faults;

import io.reliablemessage.testing.LocalRabbitMq;

/** The broker's counts of connections and channels, including the one consumer's. */
record Links(long connections, long channels) {

    /** One to publish, one for declares, and the consumer's. */
    static final int MAX_CONNECTIONS = 3;

    /** One to publish, the consumer's, and those that declared queues at the same time. */
    static final int MAX_CHANNELS = 6;

    static Links of(LocalRabbitMq broker) {
        return new Links(rows(broker.ctl("list_connections", "pid")), rows(broker.ctl("list_channels", "pid")));
    }

    private static long rows(String table) {
        return table.lines().filter(row -> row.startsWith("<")).count();
    }
}
