package io.reliablemessage.spring;

import java.time.Duration;

/**
 * Settings of a {@link MessageConsumer}.
 *
 * @param inboxWindow how long a message that was handled is recognised when it comes again; default 30 days, at least a
 *     day; longer than the service may repeat it
 * @param maxWaitingAnswers acks and rejections that wait for the service in memory; default 10,000. If there are more,
 *     consuming pauses
 * @param shutdownTimeout how long {@code close} waits for handlers at work; default 10 s
 * @param tablePrefix in place of {@code rm_}; may begin with a schema, as in {@code app.rm_}
 */
public record ConsumerSettings(
        Duration inboxWindow, int maxWaitingAnswers, Duration shutdownTimeout, String tablePrefix) {

    private static final Duration MIN_WINDOW = Duration.ofDays(1);

    public static final ConsumerSettings DEFAULT =
            new ConsumerSettings(Duration.ofDays(30), 10_000, Duration.ofSeconds(10), "rm_");

    public ConsumerSettings {
        if (inboxWindow.compareTo(MIN_WINDOW) < 0) {
            throw new IllegalArgumentException("inboxWindow is " + inboxWindow
                    + ", but takes a day or more: a message that comes again later would take effect again");
        }
        if (maxWaitingAnswers < 1) {
            throw new IllegalArgumentException("maxWaitingAnswers is " + maxWaitingAnswers + ", but takes 1 or more");
        }
        if (shutdownTimeout.isNegative()) {
            throw new IllegalArgumentException("shutdownTimeout is " + shutdownTimeout + ", but takes 0 or more");
        }
    }

    public ConsumerSettings withInboxWindow(Duration changed) {
        return new ConsumerSettings(changed, maxWaitingAnswers, shutdownTimeout, tablePrefix);
    }

    public ConsumerSettings withMaxWaitingAnswers(int changed) {
        return new ConsumerSettings(inboxWindow, changed, shutdownTimeout, tablePrefix);
    }

    public ConsumerSettings withShutdownTimeout(Duration changed) {
        return new ConsumerSettings(inboxWindow, maxWaitingAnswers, changed, tablePrefix);
    }

    public ConsumerSettings withTablePrefix(String changed) {
        return new ConsumerSettings(inboxWindow, maxWaitingAnswers, shutdownTimeout, changed);
    }
}
