package io.reliablemessage.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyBucketsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 10, 99, 1_000, 12_345, 60_000, 3_600_000, 86_400_000, 2_000_000_000L})
    void aLatencyIsToldToWithinATenth(long millis) {
        var counts = counts(Duration.ofMillis(millis));

        assertThat((double) LatencyBuckets.quantile(counts, 0.5).orElseThrow())
                .isCloseTo(millis, withinPercentage(millis < 5 ? 50 : 10));
    }

    @Test
    void aQuantileIsOfAllThatWasCounted() {
        var counts = new ArrayList<>(counts(Duration.ofMillis(10)));
        counts.set(LatencyBuckets.of(Duration.ofMillis(10)), 98L);
        counts.set(LatencyBuckets.of(Duration.ofSeconds(10)), 2L);

        assertThat((double) LatencyBuckets.quantile(counts, 0.5).orElseThrow()).isCloseTo(10, withinPercentage(10));
        assertThat((double) LatencyBuckets.quantile(counts, 0.98).orElseThrow()).isCloseTo(10, withinPercentage(10));
        assertThat((double) LatencyBuckets.quantile(counts, 0.99).orElseThrow())
                .isCloseTo(10_000, withinPercentage(10));
    }

    @Test
    void nothingHasNoQuantile() {
        assertThat(LatencyBuckets.quantile(List.of(), 0.5)).isEmpty();
        assertThat(LatencyBuckets.quantile(List.of(0L, 0L), 0.99)).isEmpty();
    }

    @Test
    void everyLatencyHasAClass() {
        for (var latency :
                List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(1), Duration.ofDays(10_000))) {
            assertThat(LatencyBuckets.of(latency)).isBetween(0, LatencyBuckets.COUNT - 1);
        }
    }

    private static List<Long> counts(Duration latency) {
        var counts = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        counts.set(LatencyBuckets.of(latency), 1L);
        return counts;
    }
}
