package io.reliablemessage.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final IdGenerator ids = new IdGenerator(now::get);

    @Test
    void areUuidsOfVersion7() {
        var id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(millisOf(id)).isEqualTo(now.get());
    }

    @Test
    void areInOrderThoughTheClockStandsStill() {
        var made = Stream.generate(() -> ids.next().toString()).limit(10_000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(millisOf(ids.next())).isBetween(now.get() + 2, now.get() + 3);
    }

    @Test
    void areInOrderThoughTheClockIsSetBackALittle() {
        var before = ids.next();
        now.addAndGet(-9_000);

        assertThat(ids.next().toString()).isGreaterThan(before.toString());
    }

    @Test
    void doNotStayAheadAfterAClockThatWasWrong() {
        now.addAndGet(15 * 60_000);
        ids.next();
        now.addAndGet(-15 * 60_000);

        assertThat(millisOf(ids.next())).isEqualTo(now.get());
    }

    private static long millisOf(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
