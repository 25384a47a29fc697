package io.reliablemessage.spring.boot;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.client.ReliableMessageClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the check URL in the background, again and again until the service takes it: neither has to start first.
 *
 * <p>It begins after the web server of the application has started.
 */
final class CheckRegistration implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CheckRegistration.class);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    private final ReliableMessageClient client;
    private final ApplicationRequest request;
    private final ProducerStatus status;
    private final Duration firstPause;
    private @Nullable CountDownLatch stopped;

    CheckRegistration(
            ReliableMessageClient client, ApplicationRequest request, ProducerStatus status, Duration firstPause) {
        this.client = client;
        this.request = request;
        this.status = status;
        this.firstPause = firstPause;
    }

    static CheckRegistration of(
            ReliableMessageClient client, ReliableMessageProperties.Check check, ProducerStatus status) {
        var request = ApplicationRequest.builder()
                .checkUrl(String.valueOf(check.url()))
                .checkSecret(check.secret())
                .build();
        return new CheckRegistration(client, request, status, Duration.ofSeconds(1));
    }

    @Override
    public synchronized void start() {
        if (stopped != null) {
            return;
        }
        var end = new CountDownLatch(1);
        stopped = end;
        status.checkUrl("not registered yet");
        var thread = new Thread(() -> registerUntil(end), "reliable-message-registration");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void stop() {
        if (stopped != null) {
            stopped.countDown();
            stopped = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return stopped != null;
    }

    private void registerUntil(CountDownLatch end) {
        var pause = firstPause;
        var lastReason = "";
        try {
            while (end.getCount() > 0) {
                var reason = register();
                if (reason == null) {
                    status.checkUrl("registered");
                    return;
                }
                status.checkUrl("not registered: " + reason);
                if (!reason.equals(lastReason)) {
                    LOG.warn("The check URL is not registered yet, and tried again: {}", reason);
                    lastReason = reason;
                }
                if (end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it was not taken. */
    private @Nullable String register() {
        try {
            client.registerApplication(request);
            return null;
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
