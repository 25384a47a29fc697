package io.reliablemessage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final Duration QUICK = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(2);

    @Test
    void growsWhileMoreIsDueAndTheServiceIsQuick() {
        var size = BatchSize.upTo(5000);

        assertThat(size.limit()).isEqualTo(500);
        assertThat(size.after(QUICK, true).limit()).isEqualTo(1000);
        assertThat(size.after(QUICK, false)).isEqualTo(size);
        assertThat(size.after(Duration.ofMillis(800), true)).isEqualTo(size);
        assertThat(new BatchSize(4000, 5000).after(QUICK, true).limit()).isEqualTo(5000);
    }

    @Test
    void shrinksWhenACallTakesLongOrFails() {
        var size = BatchSize.upTo(5000);

        assertThat(size.after(SLOW, true).limit()).isEqualTo(250);
        assertThat(size.smaller().limit()).isEqualTo(250);
        assertThat(new BatchSize(60, 5000).smaller().limit()).isEqualTo(BatchSize.LEAST);
    }

    @Test
    void neverLeavesItsBounds() {
        var size = BatchSize.upTo(7);

        assertThat(size.limit()).isEqualTo(7);
        assertThat(size.smaller().limit()).isEqualTo(7);
        assertThat(size.after(QUICK, true).limit()).isEqualTo(7);
    }
}
