package io.reliablemessage.adminui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.cause.CauseTrendView.CauseSeries;
import io.reliablemessage.adminapi.cause.CauseTrendView.RemainingCauses;
import io.reliablemessage.adminui.fixture.OverviewFixture;
import io.reliablemessage.adminui.overview.CauseChart.Line;
import io.reliablemessage.adminui.overview.CauseChart.Row;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.api.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What deliveries died of, over time: a line for each of the worst causes, one for all others, and a table. */
class CauseChartTest {

    private static final Instant BEGIN = Instant.parse("2026-11-21T11:00:00Z");
    private static final Duration BUCKET = Duration.ofMinutes(5);

    @Test
    void withoutDeathsThereIsNothingToDraw() {
        assertThat(CauseChart.of(OverviewFixture.quietTrend(), Formats.english()))
                .isEqualTo(new CauseChart(BUCKET, List.of(), List.of()));
    }

    @Test
    void aQuietHourKeepsItsTimes() {
        var chart = CauseChart.of(trend(12, null), Formats.english());

        assertThat(chart.lines()).isEmpty();
        assertThat(chart.rows())
                .hasSize(12)
                .allSatisfy(row -> assertThat(row.counts()).isEmpty());
    }

    @Test
    void oneCauseIsOneLineAndOneColumn() {
        var chart = CauseChart.of(trend(3, null, cause("c1", "points", 3L, 0L, 4L)), Formats.english());

        assertThat(chart.lines())
                .containsExactly(new Line("c1", "No acknowledgement · points", "no ack after # attempts", 7));
        assertThat(chart.rows())
                .containsExactly(
                        new Row(Instant.parse("2026-11-21T11:00:00Z"), List.of(3L)),
                        new Row(Instant.parse("2026-11-21T11:05:00Z"), List.of(0L)),
                        new Row(Instant.parse("2026-11-21T11:10:00Z"), List.of(4L)));
    }

    @Test
    void severalCausesKeepTheServicesOrder() {
        var chart = CauseChart.of(
                trend(
                        2,
                        null,
                        cause("c1", "points", 9L, 8L),
                        cause("c2", "stock", 0L, 1L),
                        cause("c3", "mail", 1L, 0L)),
                Formats.english());

        assertThat(chart.lines()).extracting(Line::id).containsExactly("c1", "c2", "c3");
        assertThat(chart.rows()).extracting(Row::counts).containsExactly(List.of(9L, 0L, 1L), List.of(8L, 1L, 0L));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1,   one other cause,  其他 1 个死因
            2,   2 other causes,   其他 2 个死因
            117, 117 other causes, 其他 117 个死因
            """)
    void whatHasNoLineOfItsOwnIsTheLast(int causes, String english, String chinese) {
        var others = new RemainingCauses(causes, 5, List.of(5L, 0L));
        var trend = trend(2, others, cause("c1", "points", 9L, 8L));

        assertThat(CauseChart.of(trend, Formats.english()).lines().getLast()).isEqualTo(new Line(null, english, "", 5));
        assertThat(CauseChart.of(trend, Formats.chinese()).lines().getLast()).isEqualTo(new Line(null, chinese, "", 5));
        assertThat(CauseChart.of(trend, Formats.english()).rows())
                .extracting(Row::counts)
                .containsExactly(List.of(9L, 5L), List.of(8L, 0L));
    }

    @Test
    void manyOthersAloneAreALine() {
        var chart = CauseChart.of(trend(1, new RemainingCauses(3, 6, List.of(6L))), Formats.english());

        assertThat(chart.lines()).containsExactly(new Line(null, "3 other causes", "", 6));
        assertThat(chart.rows()).extracting(Row::counts).containsExactly(List.of(6L));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            NO_ACK,         No acknowledgement · points,        无人确认消费 · points
            BROKER_REFUSED, Refused by the broker · points, 中间件拒收 · points
            REJECTED,       Rejected by the consumer · points,  消费者拒绝 · points
            """)
    void aLineIsNamedByItsKindAndItsSubscription(CauseKind kind, String english, String chinese) {
        var trend = trend(1, null, cause(kind, "c1", "points", 1L));

        assertThat(CauseChart.of(trend, Formats.english()).lines())
                .extracting(Line::name)
                .containsExactly(english);
        assertThat(CauseChart.of(trend, Formats.chinese()).lines())
                .extracting(Line::name)
                .containsExactly(chinese);
    }

    @Test
    void eightLinesAndTheOthersOverAWeekAreATableWithoutGaps() {
        var counts = Collections.nCopies(168, 1_000_000_000_000L).toArray(Long[]::new);
        var causes = IntStream.range(0, 8)
                .mapToObj(number -> cause("c" + number, "s" + number, counts))
                .toArray(CauseSeries[]::new);

        var chart = CauseChart.of(
                trend(168, new RemainingCauses(9, 168, Collections.nCopies(168, 1L)), causes), Formats.english());

        assertThat(chart.lines()).hasSize(9);
        assertThat(chart.lines().getFirst().total()).isEqualTo(168_000_000_000_000L);
        assertThat(chart.rows())
                .hasSize(168)
                .allSatisfy(row -> assertThat(row.counts()).hasSize(9));
    }

    @Test
    void hostileNamesStayWhatTheyAre() {
        var chart = CauseChart.of(trend(1, null, cause("c1", "<b>{0}'</b>", 1L)), Formats.english());

        assertThat(chart.lines()).extracting(Line::name).containsExactly("No acknowledgement · <b>{0}'</b>");
    }

    private static CauseTrendView trend(int buckets, @Nullable RemainingCauses others, CauseSeries... causes) {
        var at = IntStream.range(0, buckets).mapToObj(number -> BEGIN.plus(BUCKET.multipliedBy(number)));
        return new CauseTrendView(BUCKET, at.toList(), List.of(causes), others);
    }

    private static CauseSeries cause(String id, String subscription, Long... counts) {
        return cause(CauseKind.NO_ACK, id, subscription, counts);
    }

    private static CauseSeries cause(CauseKind kind, String id, String subscription, Long... counts) {
        return new CauseSeries(
                id,
                kind,
                DeliveryState.DEAD,
                "order.placed",
                subscription,
                "no ack after # attempts",
                Stream.of(counts).mapToLong(Long::longValue).sum(),
                List.of(counts));
    }
}
