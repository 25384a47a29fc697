package io.reliablemessage.service.publishing;

import java.time.Duration;

/**
 * Limits the sends that are on their way without a confirm: all together, and those to one queue.
 *
 * <p>RabbitMQ stops reading a connection when a queue that hangs has too many unconfirmed sends of one channel: 32 for
 * a quorum queue, 400 for a classic one. So a queue that answers may have a quarter of the window, and one that has
 * been silent for {@link #SLOW} no more than {@link #SILENT}, until it answers.
 */
record SendWindow(int sends, long bytes) {

    static final Duration SLOW = Duration.ofMillis(100);
    static final int SILENT = 31;
    private static final int MIN_SHARE = 64;

    static SendWindow of(PublishingProperties properties) {
        return new SendWindow(
                properties.unconfirmed(), properties.unconfirmedBytes().toBytes());
    }

    boolean isFull(int unconfirmed, long unconfirmedBytes) {
        return unconfirmed >= sends || unconfirmedBytes >= bytes;
    }

    boolean admits(QueueLoad queue, int weight, boolean isSilent) {
        return isSilent
                ? queue.admits(weight, SILENT, bytes / 8)
                : queue.admits(weight, Math.max(MIN_SHARE, sends / 4), bytes / 4);
    }
}
