package io.reliablemessage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTest {

    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @Test
    void aStopWaitsForTheRoundUnderWay() throws Exception {
        var begun = new CountDownLatch(1);
        var loop = loop(Duration.ofSeconds(10), begun);
        begun.await();

        var stopped = CompletableFuture.runAsync(loop::stop);
        assertThat(stopped).isNotDone();
        testIsOver.countDown();

        stopped.get(10, TimeUnit.SECONDS);
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void aStopEndsThoughTheRoundDoesNot() throws Exception {
        var begun = new CountDownLatch(1);
        var loop = loop(Duration.ofMillis(200), begun);
        begun.await();

        loop.stop();

        assertThat(loop.isRunning()).isTrue();
        testIsOver.countDown();
    }

    private Loop loop(Duration maxStop, CountDownLatch begun) {
        var loop = new Loop("loop", maxStop) {
            @Override
            protected Duration runOnce() {
                begun.countDown();
                try {
                    testIsOver.await();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
                return Duration.ofSeconds(1);
            }
        };
        loop.start();
        return loop;
    }
}
