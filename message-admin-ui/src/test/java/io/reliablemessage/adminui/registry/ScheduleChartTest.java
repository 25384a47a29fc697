package io.reliablemessage.adminui.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.SubscriptionFixture;
import io.reliablemessage.adminui.page.Durations;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.adminui.registry.ScheduleChart.Attempt;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription's schedule: a bar for each send, as high as the wait before it is long. */
class ScheduleChartTest {

    @Test
    void aSubscriptionThatIsTriedOnceHasOneRung() {
        var chart = chart("");

        assertThat(chart.attempts()).containsExactly(new Attempt(1, 0, 36, 4, Duration.ZERO));
        assertThat(chart.total()).isEqualTo(Duration.ZERO);
    }

    @Test
    void theWaitsAreThoseBetweenTheSends() {
        assertThat(chart("30s 90s 6m30s 21m30s").attempts())
                .extracting(Attempt::before)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15));
    }

    @Test
    void theWholeIsTheTimeUntilTheLastSend() {
        assertThat(chart("30s 90s 6m30s").total()).isEqualTo(Duration.ofSeconds(390));
        assertThat(Formats.english().duration(chart("30s 90s 6m30s").total())).isEqualTo("6 min");
    }

    @Test
    void rungsAreCountedFromOneAndStandSideBySide() {
        var attempts = chart("30s 90s 6m30s").attempts();

        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3, 4);
        assertThat(attempts).extracting(Attempt::x).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1s,              4 40
            1h,              4 40
            30s 60s 90s,     4 40 40 40
            1s 1h1s,         4 18 40
            30s 1h30s,       4 27 40
            0.001s 24h,      4 4 40
            1s 11s 111s,     4 24 32 40
            """)
    void halfAMinuteAndAnHourAreBothSeen(String preview, String heights) {
        assertThat(chart(preview).attempts())
                .extracting(attempt -> Integer.toString(attempt.height()))
                .containsExactly(heights.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1s", "0s 0s 0s", "30s 90s", "0.001s 3650d", "1h 2h 3h 4h 5h 6h 7h 8h 9h 10h 11h 12h"})
    void noRungLeavesTheChartOrIsInvisible(String preview) {
        assertThat(chart(preview).attempts()).allSatisfy(attempt -> {
            assertThat(attempt.height()).isBetween(4, 40);
            assertThat(attempt.y() + attempt.height()).isEqualTo(40);
        });
    }

    @Test
    void waitsOfNothingAreTheLowestRungs() {
        assertThat(chart("0s 0s").attempts()).extracting(Attempt::height).containsExactly(4, 4, 4);
        assertThat(chart("0s 0s").total()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aLongerWaitIsNeverALowerRung() {
        var attempts = chart("1s 3s 8s 30s 90s 5m 20m 1h 5h 1d 5d").attempts();

        assertThat(attempts).extracting(Attempt::height).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void twentyRedeliveriesAreTwentyOneRungs() {
        var preview = new Duration[20];
        for (int number = 0; number < 20; number++) {
            preview[number] = Duration.ofHours(number + 1L);
        }

        var chart = new ScheduleChart(SubscriptionFixture.named("points")
                .maxAttempts(21)
                .preview(preview)
                .build());

        assertThat(chart.attempts()).hasSize(21);
        assertThat(chart.attempts().getLast()).isEqualTo(new Attempt(21, 20, 0, 40, Duration.ofHours(1)));
        assertThat(chart.total()).isEqualTo(Duration.ofHours(20));
    }

    private static ScheduleChart chart(String preview) {
        return new ScheduleChart(SubscriptionFixture.named("points")
                .preview(spans(preview).toArray(Duration[]::new))
                .build());
    }

    private static List<Duration> spans(String text) {
        return Arrays.stream(text.split(" ", -1))
                .flatMap(span -> Durations.parse(span).stream())
                .toList();
    }
}
