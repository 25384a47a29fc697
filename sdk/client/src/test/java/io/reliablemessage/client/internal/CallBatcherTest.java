package io.reliablemessage.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ServiceUnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls end although threads die or cannot be had; nobody listens at the service's address. */
@Timeout(20)
class CallBatcherTest {

    private static final String PATH = "/messages/confirm";
    private static final Duration TIMEOUT = Duration.ofMillis(800);
    private static final ClientSettings SETTINGS =
            ClientSettings.of(URI.create("http://127.0.0.1:1"), "key").withRequestTimeout(TIMEOUT);
    private static final Executor THREADS = task -> new Thread(task).start();
    private static final Executor NONE_LEFT = task -> {
        throw new RejectedExecutionException("no thread");
    };
    private static final Runnable NO_WATCH = () -> {};

    private final Semaphore permits = new Semaphore(1);

    @Test
    void aCallerEndsByItsOwnClockThoughNobodySendsAndNobodyWatches() {
        var batcher = waiting(task -> {}, THREADS, NO_WATCH);
        var start = System.nanoTime();

        assertThatThrownBy(() -> batcher.call(item("a")))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("not sent: timed out");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(3));
    }

    @Test
    void callsThatNobodyCanSendEndAtOnce() {
        var batcher = waiting(NONE_LEFT, THREADS, NO_WATCH);

        assertThatThrownBy(() -> batcher.call(item("a"))).hasMessageContaining("not sent: no thread");
        assertThat(batcher.callAsync(item("b")))
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .withMessageContaining("not sent: no thread");
        assertThat(batcher.releaseOverdue()).isFalse();
    }

    @Test
    void aCallThatNobodyWatchesEndsAtOnce() {
        var batcher = waiting(task -> {}, THREADS, () -> {
            throw new InternalError("unable to create native thread");
        });

        assertThat(batcher.callAsync(item("a")))
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .withMessageContaining("not sent: no thread");
        assertThat(batcher.releaseOverdue()).isFalse();
    }

    @Test
    void anOutcomeStaysTheOutcomeThoughNoThreadIsLeftForOthers() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = ClientSettings.of(URI.create("http://127.0.0.1:" + server.getLocalPort()), "key")
                    .withRequestTimeout(TIMEOUT);
            var batcher = new CallBatcher<>(sender(settings), settings, NONE_LEFT, THREADS, permits, NO_WATCH);
            var alone = CompletableFuture.supplyAsync(() -> batcher.call(item("alone")), THREADS);
            var connection = server.accept();
            var other = batcher.callAsync(item("other"));
            connection.close();

            assertThat(alone)
                    .failsWithin(TIMEOUT.multipliedBy(2)) // it is repeated
                    .withThrowableThat()
                    .withCauseInstanceOf(ServiceUnavailableException.class);
            assertThat(other).failsWithin(TIMEOUT).withThrowableThat().withMessageContaining("not sent: no thread");
        }
    }

    @Test
    void aSenderThatDiesIsReplaced() {
        var deaths = new AtomicInteger();
        var deadly = new Semaphore(1) {
            @Override
            public void acquireUninterruptibly() {
                if (deaths.getAndIncrement() == 0) {
                    throw new StackOverflowError("a sender's end");
                }
                super.acquireUninterruptibly();
            }
        };
        var batcher = batcher(deadly, dying(), THREADS, NO_WATCH);

        var future = batcher.callAsync(item("a"));

        assertThat(future).failsWithin(TIMEOUT).withThrowableThat().withMessageContaining("no connection");
        assertThat(deaths).hasValueGreaterThan(1);
    }

    @Test
    void aFutureEndsThoughNoThreadIsLeftForItsDependents() {
        var batcher = batcher(permits, THREADS, NONE_LEFT, NO_WATCH);

        assertThat(batcher.callAsync(item("a")))
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .withCauseInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aCallToAClosedBatcherKeepsNoPermit() {
        var batcher = batcher(permits, THREADS, THREADS, NO_WATCH);
        batcher.stopTaking();

        assertThatThrownBy(() -> batcher.call(item("a"))).hasMessageContaining("not sent: the client is closed");
        assertThat(permits.availablePermits()).isOne();
    }

    @Test
    void whatIsOverdueWhenItIsTakenEndsToo() {
        var waiting = new PendingCalls<MessageStatus>(SETTINGS);
        var overdue = new PendingCall<MessageStatus>(item("a"), Duration.ZERO);
        waiting.add(overdue);

        assertThat(waiting.takeBatch()).isEmpty();
        assertThat(messageOf(overdue)).contains("not sent: timed out");
    }

    @Test
    void whatIsOverdueWhenItIsSentEndsToo() {
        var alone = List.of(new PendingCall<MessageStatus>(item("a"), Duration.ZERO));
        var together = List.of(
                new PendingCall<MessageStatus>(item("b"), Duration.ZERO),
                new PendingCall<MessageStatus>(item("c"), Duration.ZERO));

        sender(SETTINGS).carry(alone, () -> {});
        sender(SETTINGS).carry(together, () -> {});

        assertThat(messageOf(alone.get(0))).contains("timed out");
        assertThat(together).allSatisfy(call -> assertThat(messageOf(call)).contains("timed out"));
    }

    /** Sends nothing alone: another kind of call has the permit. */
    private CallBatcher<MessageStatus> waiting(Executor senders, Executor completions, Runnable watch) {
        permits.drainPermits();
        return batcher(permits, senders, completions, watch);
    }

    private static CallBatcher<MessageStatus> batcher(
            Semaphore permits, Executor senders, Executor completions, Runnable watch) {
        return new CallBatcher<>(sender(SETTINGS), SETTINGS, senders, completions, permits, watch);
    }

    private static BatchSender<MessageStatus> sender(ClientSettings settings) {
        return new BatchSender<>(PATH, MessageStatus.class, new ServiceConnection(settings));
    }

    private static Executor dying() {
        return task -> {
            var thread = new Thread(task);
            thread.setUncaughtExceptionHandler((dead, error) -> {});
            thread.start();
        };
    }

    private static EncodedCall item(String id) {
        return new EncodedCall(id, ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static String messageOf(PendingCall<MessageStatus> call) {
        return call.outcome() instanceof Outcome.Failed<MessageStatus> failed
                ? String.valueOf(failed.problem().detail())
                : "not ended";
    }
}
