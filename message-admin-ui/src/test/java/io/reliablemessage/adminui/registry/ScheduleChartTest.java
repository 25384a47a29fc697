package io.reliablemessage.adminui.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.SubscriptionFixture;
import io.reliablemessage.adminui.page.Durations;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.adminui.registry.ScheduleChart.Rung;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription's schedule as a ladder: a rung for each send, as high as the wait before it is long. */
class ScheduleChartTest {

    @Test
    void aSubscriptionThatIsTriedOnceHasOneRung() {
        var chart = chart("");

        assertThat(chart.rungs()).containsExactly(new Rung(1, 0, 36, 4, Duration.ZERO));
        assertThat(chart.whole()).isEqualTo(Duration.ZERO);
    }

    @Test
    void theWaitsAreThoseBetweenTheSends() {
        assertThat(chart("30s 90s 6m30s 21m30s").rungs())
                .extracting(Rung::before)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15));
    }

    @Test
    void theWholeIsTheTimeUntilTheLastSend() {
        assertThat(chart("30s 90s 6m30s").whole()).isEqualTo(Duration.ofSeconds(390));
        assertThat(Formats.english().span(chart("30s 90s 6m30s").whole())).isEqualTo("6 min");
    }

    @Test
    void rungsAreCountedFromOneAndStandSideBySide() {
        var rungs = chart("30s 90s 6m30s").rungs();

        assertThat(rungs).extracting(Rung::number).containsExactly(1, 2, 3, 4);
        assertThat(rungs).extracting(Rung::x).containsExactly(0, 1, 2, 3);
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
        assertThat(chart(preview).rungs())
                .extracting(rung -> Integer.toString(rung.height()))
                .containsExactly(heights.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1s", "0s 0s 0s", "30s 90s", "0.001s 3650d", "1h 2h 3h 4h 5h 6h 7h 8h 9h 10h 11h 12h"})
    void noRungLeavesTheChartOrIsInvisible(String preview) {
        assertThat(chart(preview).rungs()).allSatisfy(rung -> {
            assertThat(rung.height()).isBetween(4, 40);
            assertThat(rung.y() + rung.height()).isEqualTo(40);
        });
    }

    @Test
    void waitsOfNothingAreTheLowestRungs() {
        assertThat(chart("0s 0s").rungs()).extracting(Rung::height).containsExactly(4, 4, 4);
        assertThat(chart("0s 0s").whole()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aLongerWaitIsNeverALowerRung() {
        var rungs = chart("1s 3s 8s 30s 90s 5m 20m 1h 5h 1d 5d").rungs();

        assertThat(rungs).extracting(Rung::height).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void twentyRedeliveriesAreTwentyOneRungs() {
        var preview = new Duration[20];
        for (int number = 0; number < 20; number++) {
            preview[number] = Duration.ofHours(number + 1L);
        }

        var chart = new ScheduleChart(SubscriptionFixture.named("points").maxAttempts(21).preview(preview).build());

        assertThat(chart.rungs()).hasSize(21);
        assertThat(chart.rungs().getLast()).isEqualTo(new Rung(21, 20, 0, 40, Duration.ofHours(1)));
        assertThat(chart.whole()).isEqualTo(Duration.ofHours(20));
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
