package io.reliablemessage.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.PrepareRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the code that depends on a future runs, and what it cannot do to others. */
@Timeout(60)
class FuturesTest {

    private final StubService service = new StubService().answersEach(StubService::sending);
    private final ReliableMessageClient client = service.client();
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @AfterEach
    void stop() {
        testIsOver.countDown();
        service.close();
        client.close();
    }

    @Test
    void dependentsRunInDaemonsOfTheClient() {
        service.stall();
        var thread = client.confirmAsync("a").thenApply(status -> Thread.currentThread());
        service.goOn();

        assertThat(thread.join().getName()).startsWith("reliable-message-completion-");
        assertThat(thread.join().isDaemon()).isTrue();
    }

    @Test
    void dependentsNeverRunInAThreadThatSends() throws Exception {
        service.stall();
        var alone = new Thread(() -> client.confirm("alone"));
        alone.start();
        await().until(() -> service.calls().size() == 1);
        var threads = IntStream.range(0, 20)
                .mapToObj(i -> client.confirmAsync("m" + i)
                        .thenApply(status -> Thread.currentThread().getName()))
                .toList();
        service.goOn();
        alone.join();

        assertThat(threads)
                .extracting(CompletableFuture::join)
                .allMatch(name -> name.startsWith("reliable-message-completion-"));
    }

    @Test
    void aSlowDependentDelaysNobodyElse() throws Exception {
        service.stall();
        var started = new CountDownLatch(1);
        var slow = client.confirmAsync("slow").thenAccept(status -> {
            started.countDown();
            awaitEnd();
        });
        var neighbours = IntStream.range(0, 10)
                .mapToObj(i -> client.confirmAsync("n" + i))
                .toList();
        service.goOn();
        assertThat(started.await(20, SECONDS)).isTrue();

        neighbours.forEach(CompletableFuture::join);
        assertThat(client.confirmAsync("later").get(20, SECONDS).id()).isEqualTo("later");
        assertThat(client.confirm("blocking").id()).isEqualTo("blocking");
        assertThat(slow).isNotDone();
    }

    @Test
    void dependentsMayWaitForOtherFutures() {
        var calls = IntStream.range(0, 40)
                .mapToObj(i -> client.confirmAsync("a" + i)
                        .thenApply(status -> client.confirmAsync("b" + i).join().id()))
                .toList();

        assertThat(calls)
                .extracting(call -> call.orTimeout(20, TimeUnit.SECONDS).join())
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "b" + i).toList());
    }

    @Test
    void whatCannotBeWrittenFailsInTheCallersThread() {
        var endless = new ArrayList<Object>();
        endless.add(endless);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.prepareAsync(PrepareRequest.of("a", "t", "k", endless)));
        assertThatIllegalArgumentException().isThrownBy(() -> client.confirmAsync(" "));
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void theFailureIsInTheFutureItself() {
        service.answersEach(
                id -> "{\"id\":\"" + id + "\",\"problem\":{\"status\":404,\"type\":\"/problems/message-not-found\"}}");

        assertThat(client.ackAsync("a", null))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(MessageNotFoundException.class);
        assertThat(client.ackAsync("a", null)
                        .<Throwable>handle((value, failure) -> failure)
                        .join())
                .isInstanceOf(MessageNotFoundException.class);
    }

    private void awaitEnd() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
