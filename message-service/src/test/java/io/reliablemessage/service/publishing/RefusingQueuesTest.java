package io.reliablemessage.service.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A queue that refuses everything rests, and is tried with one send. */
class RefusingQueuesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final RefusingQueues queues = new RefusingQueues(now::get);

    @Test
    void aFewRefusalsAreNothing() {
        refuse(19);

        assertThat(queues.worthTrying("full", 50)).isEqualTo(50);
        assertThat(queues.worthTrying("other", 50)).isEqualTo(50);
    }

    @Test
    void afterManyItRestsAndIsTriedWithOne() {
        refuse(20);

        assertThat(queues.worthTrying("full", 50)).isZero();
        assertThat(queues.worthTrying("other", 50)).isEqualTo(50);
        pass(Duration.ofSeconds(1));
        assertThat(queues.worthTrying("full", 50)).isOne();
    }

    @Test
    void eachRefusedTryDoublesTheRestUpToAMinute() {
        refuse(20);
        for (var seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(queues.worthTrying("full", 50))
                    .as("within %d s", seconds)
                    .isZero();
            pass(Duration.ofNanos(1));
            assertThat(queues.worthTrying("full", 50)).as("after %d s", seconds).isOne();
            refuse(1);
        }
    }

    @Test
    void refusalsOfWhatWasOnItsWayDoNotProlongTheRest() {
        refuse(500);

        pass(Duration.ofSeconds(1));

        assertThat(queues.worthTrying("full", 50)).isOne();
    }

    @Test
    void oneConfirmEndsIt() {
        refuse(20);

        queues.confirmed("full");

        assertThat(queues.worthTrying("full", 50)).isEqualTo(50);
    }

    private void refuse(int times) {
        for (var i = 0; i < times; i++) {
            queues.refused("full");
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
