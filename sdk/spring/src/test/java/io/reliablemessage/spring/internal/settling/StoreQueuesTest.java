package io.reliablemessage.spring.internal.settling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreQueuesTest {

    private final Workers workers = new Workers("test");
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch isBusy = new CountDownLatch(1);
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        gate.countDown();
        workers.stop();
        workers.awaitEnd(System.nanoTime());
    }

    @Test
    void whatComesMeanwhileGoesTogether() throws Exception {
        var queues = new StoreQueues<Integer>(100, 10, workers, this::hangFirst);
        queues.offer("a", List.of(0));
        isBusy.await();

        IntStream.rangeClosed(1, 15).forEach(i -> queues.offer("a", List.of(i)));
        gate.countDown();

        await().untilAsserted(() -> assertThat(batches).hasSize(3));
        assertThat(batches)
                .element(1)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(10);
        assertThat(batches.stream().flatMap(List::stream)).hasSize(16).isSorted();
    }

    @Test
    void whatFindsNoRoomIsDropped() throws Exception {
        var queues = new StoreQueues<Integer>(10, 10, workers, this::hangFirst);
        queues.offer("a", List.of(0));
        isBusy.await();

        assertThat(queues.offer("a", IntStream.range(0, 8).boxed().toList())).isZero();
        assertThat(queues.offer("a", List.of(8, 9, 10))).isEqualTo(3);
        assertThat(queues.offer("b", List.of(8, 9))).isZero();
        assertThat(queues.offer("a", List.of())).isZero();
    }

    @Test
    void aStoreThatHangsDelaysNoOther() throws Exception {
        var queues = new StoreQueues<Integer>(10, 10, workers, this::hangFirst);
        queues.offer("a", List.of(0));
        isBusy.await();

        queues.offer("b", List.of(1));

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of(1)));
    }

    @Test
    void aFailureEndsNothing() {
        var queues = new StoreQueues<Integer>(10, 1, workers, (store, batch) -> {
            batches.add(batch);
            if (batch.contains(0)) {
                throw new StackOverflowError("as tested");
            }
            throw new IllegalStateException("as tested");
        });

        queues.offer("a", List.of(0, 1, 2));

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of(0), List.of(1), List.of(2)));
    }

    @Test
    void whatIsToComeAgainComesOnceMoreAndAfterOthers() {
        var queues = new StoreQueues<Integer>(10, 1, workers, (store, batch) -> {
            batches.add(batch);
            return batch.contains(-1) ? List.of(7) : List.of();
        });

        queues.offer("a", List.of(-1, 1));

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of(-1), List.of(1), List.of(7)));
    }

    @Test
    void idleThreadsEndWhenAllIsToStop() {
        var queues = new StoreQueues<Integer>(10, 1, workers, (store, batch) -> {
            batches.add(batch);
            return List.of();
        });
        queues.offer("a", List.of(1));
        await().untilAsserted(() -> assertThat(batches).hasSize(1));

        workers.stop();
        queues.wake();

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(SettlingLifecycleTest.threads("test")).isEmpty());
        assertThat(queues.offer("a", List.of(2))).isEqualTo(1);
    }

    private List<Integer> hangFirst(String store, List<Integer> batch) throws InterruptedException {
        if (batch.contains(0)) {
            isBusy.countDown();
            gate.await();
        }
        batches.add(batch);
        return List.of();
    }
}
