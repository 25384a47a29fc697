package io.reliablemessage.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long callers wait, and what happens after their timeout. */
@Timeout(60)
class TimeoutsTest {

    private static final Duration SHORT = Duration.ofMillis(600);

    private final StubService service = new StubService().answersEach(StubService::sending);
    private ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
        client.close();
    }

    @Test
    void waitingCountsAgainstTheTimeout() {
        var timeout = Duration.ofSeconds(2);
        use(timeout, Coalescing.DEFAULT);
        occupyTheBatcher();
        var start = System.nanoTime();
        var calls = IntStream.range(0, 8).mapToObj(i -> calling("m" + i)).toList();

        for (var call : calls) {
            assertThatThrownBy(() -> call.task().get(20, SECONDS))
                    .hasCauseInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("timed out");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, timeout.plusMillis(1_500));
    }

    @Test
    void everyCallEndsByItsTimeoutWhenTheServiceStopsAnswering() {
        var timeout = Duration.ofSeconds(1);
        use(timeout, Coalescing.DEFAULT);
        service.stall();
        var deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        var callers = IntStream.range(0, 200)
                .mapToObj(i -> started(() -> longestCallUntil(deadline, i)))
                .toList();

        assertThat(callers)
                .allSatisfy(caller -> assertThat(caller.get(20, SECONDS)).isLessThan(timeout.plusMillis(1_500)));
    }

    private Duration longestCallUntil(long deadline, int caller) {
        LockSupport.parkNanos(Duration.ofMillis(5).multipliedBy(caller).toNanos()); // calls end one after another
        var longest = Duration.ZERO;
        while (System.nanoTime() - deadline < 0) {
            var start = System.nanoTime();
            assertThatThrownBy(() -> callInOneWayOrTheOther(caller)).hasMessageContaining("No answer");
            var took = Duration.ofNanos(System.nanoTime() - start);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }

    private MessageStatus callInOneWayOrTheOther(int caller) {
        var id = "m" + caller;
        return caller % 2 == 0 ? client.confirm(id) : client.confirmAsync(id).join();
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @Test
    void whoIsPatientStillGetsTheAnswerWhenOthersHaveGivenUp() throws Exception {
        use(Duration.ofSeconds(2), Coalescing.DEFAULT);
        service.answersArrays(StubService.json(413, "{}"), StubService::sending);
        var first = occupyTheBatcher();
        var old = calling("old");
        old.awaitWaiting();
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        var young = calling("young");
        young.awaitWaiting();
        service.stall();
        first.countDown();

        assertThatThrownBy(() -> old.task().get(20, SECONDS)).hasMessageContaining("timed out");
        service.goOn();
        assertThat(young.task().get(20, SECONDS).id()).isEqualTo("young");
        assertThat(service.ids()).containsExactly(List.of("first"), List.of("old", "young"), List.of("young"));
    }

    @Test
    void whatWasCancelledIsNotSent() {
        occupyTheBatcher();
        client.confirmAsync("cancelled").cancel(true);
        var next = client.confirmAsync("next");
        service.goOn();
        next.join();

        assertThat(service.ids()).containsExactly(List.of("first"), List.of("next"));
    }

    @Test
    void anInterruptedCallerLeavesAndTheOthersStay() throws Exception {
        occupyTheBatcher();
        var interrupted = calling("interrupted");
        interrupted.awaitWaiting();
        var other = client.confirmAsync("other");
        interrupted.thread().interrupt();

        assertThatThrownBy(() -> interrupted.task().get(20, SECONDS))
                .hasCauseInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("not sent: interrupted");
        assertThat(interrupted.keptItsFlag()).isTrue();
        service.goOn();
        assertThat(other.join().id()).isEqualTo("other");
        assertThat(service.ids()).containsExactly(List.of("first"), List.of("other"));
    }

    @Test
    void anInterruptDoesNotEndARequestThatCarriesOthers() throws Exception {
        var first = occupyTheBatcher();
        var interrupted = calling("interrupted");
        interrupted.awaitWaiting();
        var other = client.confirmAsync("other");
        service.stall();
        first.countDown();
        await().until(() -> service.calls().size() == 2);
        interrupted.thread().interrupt();

        assertThatThrownBy(() -> interrupted.task().get(20, SECONDS))
                .hasMessageEndingWith("No answer: interrupted while waiting for " + service.url()); // sent it was
        service.goOn();
        assertThat(other.get(20, SECONDS).id()).isEqualTo("other");
    }

    @Test
    void whatFindsNoRoomFailsAtOnce() {
        use(Duration.ofSeconds(20), Coalescing.DEFAULT.withWaitingItems(2));
        occupyTheBatcher();
        var waiting = List.of(client.confirmAsync("a"), client.confirmAsync("b"));

        assertThatThrownBy(() -> client.confirm("c"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("not sent: too many calls are waiting");
        assertThat(client.confirmAsync("d")).failsWithin(Duration.ofSeconds(5));
        service.goOn();
        waiting.forEach(CompletableFuture::join);
        assertThat(service.ids()).containsExactly(List.of("first"), List.of("a", "b"));
    }

    @Test
    void roomIsCountedInBytesToo() {
        use(Duration.ofSeconds(20), Coalescing.DEFAULT.withWaitingBytes(10_240));
        service.stall();
        var first = prepareAsync("first", 10);
        await().until(() -> service.calls().size() == 1);
        var large = prepareAsync("large", 20_000); // nothing waits, so it may

        assertThat(prepareAsync("one-too-many", 10)).failsWithin(Duration.ofSeconds(5));
        service.goOn();
        assertThat(first.join().id()).isEqualTo("first");
        assertThat(large.join().id()).isEqualTo("large");
        assertThat(prepareAsync("later", 10).join().id()).isEqualTo("later");
    }

    @Test
    void whoCancelsMakesRoom() {
        use(Duration.ofSeconds(20), Coalescing.DEFAULT.withWaitingItems(1));
        occupyTheBatcher();
        client.confirmAsync("cancelled").cancel(true);

        var next = client.confirmAsync("next");
        service.goOn();

        assertThat(next.join().id()).isEqualTo("next");
    }

    @Test
    void closingLetsWhatWaitsGoOut() throws Exception {
        occupyTheBatcher();
        var blocked = calling("blocked");
        blocked.awaitWaiting();
        var future = client.confirmAsync("future");
        var closing = new FutureTask<Void>(client::close, null);
        var closer = new Thread(closing);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        service.goOn();
        closing.get(20, SECONDS);

        assertThat(future).isCompleted();
        assertThat(blocked.task().get(20, SECONDS).id()).isEqualTo("blocked");
        assertThat(service.ids()).containsExactly(List.of("first"), List.of("blocked", "future"));
        assertThatThrownBy(() -> client.confirm("late"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("not sent: the client is closed");
        assertThat(client.confirmAsync("late")).failsWithin(Duration.ofSeconds(5));
        client.close();
    }

    @Test
    void closingDoesNotWaitForEver() {
        use(SHORT, Coalescing.DEFAULT);
        occupyTheBatcher();
        var future = client.confirmAsync("future");
        var start = System.nanoTime();

        client.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(4));
        assertThat(future).failsWithin(Duration.ofSeconds(5));
    }

    /** A caller in a thread of its own. */
    private record Calling(Thread thread, FutureTask<MessageStatus> task, AtomicBoolean flag) {

        /** A blocked caller is on the line: there is nothing else here to wait for. */
        void awaitWaiting() {
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        boolean keptItsFlag() throws InterruptedException {
            thread.join();
            return flag.get();
        }
    }

    private Calling calling(String id) {
        var task = new FutureTask<>(() -> client.confirm(id));
        var flag = new AtomicBoolean();
        var thread = new Thread(() -> {
            task.run();
            flag.set(Thread.interrupted());
        });
        thread.start();
        return new Calling(thread, task, flag);
    }

    private void use(Duration timeout, Coalescing coalescing) {
        client = ReliableMessageClient.create(
                service.settings().withRequestTimeout(timeout).withCoalescing(coalescing));
    }

    /** From here on calls gather, until the service goes on. */
    private CountDownLatch occupyTheBatcher() {
        var first = service.stall();
        var unused = client.confirmAsync("first");
        await().until(() -> service.calls().size() == 1);
        return first;
    }

    private CompletableFuture<MessageStatus> prepareAsync(String id, int size) {
        return client.prepareAsync(PrepareRequest.of(id, "t", "k", new RawJson("\"" + "x".repeat(size) + "\"")));
    }
}
