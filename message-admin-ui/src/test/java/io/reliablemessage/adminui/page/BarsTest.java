package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The small chart of a cause: 24 units high, and nothing that happened is invisible. */
class BarsTest {

    @Test
    void nothingIsAnEmptyChart() {
        assertThat(Bars.of(List.of())).isEqualTo(new Bars(List.of(), 24));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,              0
            1,              24
            1000000,        24
            5 5 5,          24 24 24
            0 0 0,          0 0 0
            0 2 1,          0 24 12
            1 2 3 4,        6 12 18 24
            0 0 7 0 0,      0 0 24 0 0
            1 100,          2 24
            1 1000000,      2 24
            12 100,         3 24
            8 100,          2 24
            99 100,         24 24
            97 100,         23 24
            2147483647 1,   24 2
            2147483647 1073741823, 24 12
            """)
    void theHighestIsAsHighAsTheChart(String numbers, String heights) {
        assertThat(Bars.of(ints(numbers)).bars()).extracting(Bars.Bar::height).isEqualTo(ints(heights));
    }

    @Test
    void barsStandOnTheGroundSideBySide() {
        assertThat(Bars.of(List.of(0, 2, 1)).bars())
                .containsExactly(new Bars.Bar(0, 24, 0, 0), new Bars.Bar(1, 0, 24, 2), new Bars.Bar(2, 12, 12, 1));
    }

    @ParameterizedTest
    @MethodSource("series")
    void noBarLeavesTheChart(List<Integer> numbers) {
        var chart = Bars.of(numbers);

        assertThat(chart.bars()).hasSameSizeAs(numbers);
        assertThat(chart.bars()).allSatisfy(bar -> {
            assertThat(bar.y()).isBetween(0, 24);
            assertThat(bar.y() + bar.height()).isEqualTo(24);
        });
    }

    @ParameterizedTest
    @MethodSource("series")
    void whatHappenedIsSeenAndWhatDidNotIsNot(List<Integer> numbers) {
        assertThat(Bars.of(numbers).bars())
                .allSatisfy(bar -> assertThat(bar.height() > 0).isEqualTo(bar.value() > 0));
    }

    private static Stream<List<Integer>> series() {
        return Stream.of(
                List.of(1),
                Collections.nCopies(168, 0),
                Collections.nCopies(168, 3),
                IntStream.range(0, 168).boxed().toList(),
                IntStream.range(0, 24)
                        .map(hour -> hour % 5 == 0 ? 1 : 0)
                        .boxed()
                        .toList(),
                List.of(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000),
                List.of(Integer.MAX_VALUE, 1, 0));
    }

    private static List<Integer> ints(String numbers) {
        return Arrays.stream(numbers.split(" ", -1)).map(Integer::valueOf).toList();
    }
}
