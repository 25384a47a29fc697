package io.reliablemessage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToFiveSeconds() {
        var backoff = new Backoff(Duration.ofMillis(500));

        assertThat(IntStream.rangeClosed(1, 5).mapToObj(backoff::afterFailures))
                .extracting(Duration::toMillis)
                .containsExactly(1000L, 2000L, 4000L, 5000L, 5000L);
    }

    @Test
    void neverCallsMoreOftenThanWhenAllIsWell() {
        assertThat(new Backoff(Duration.ofMinutes(1)).afterFailures(1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void staysAtTheCapHoweverLongItLasts() {
        assertThat(new Backoff(Duration.ofMillis(100)).afterFailures(Integer.MAX_VALUE))
                .isEqualTo(Backoff.CAP);
    }
}
