package io.reliablemessage.adminui.overview;

import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminui.page.Format;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Failures over time by cause: a table, and the chart's legend. */
record CauseChart(Duration bucket, List<Line> lines, List<Row> rows) {

    /**
     * A cause in the chart.
     *
     * @param id the cause's; null: all that have no line of their own
     */
    record Line(@Nullable String id, String name, String detail, long total) {}

    record Row(Instant at, List<Long> counts) {}

    static CauseChart of(CauseTrendView trend, Format format) {
        var lines = new ArrayList<Line>();
        var counts = new ArrayList<List<Long>>();
        for (var cause : trend.causes()) {
            var name = format.word("cause", cause.kind()) + " · " + cause.subscription();
            lines.add(new Line(cause.id(), name, cause.fingerprint(), cause.total()));
            counts.add(cause.counts());
        }
        var others = trend.others();
        if (others != null) {
            lines.add(new Line(null, format.text("chart.otherCauses", others.causes()), "", others.total()));
            counts.add(others.counts());
        }
        var rows = IntStream.range(0, trend.at().size())
                .mapToObj(row -> new Row(
                        trend.at().get(row),
                        counts.stream().map(each -> each.get(row)).toList()))
                .toList();
        return new CauseChart(trend.bucket(), lines, rows);
    }
}
