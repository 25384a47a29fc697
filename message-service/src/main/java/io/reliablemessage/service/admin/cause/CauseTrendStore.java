package io.reliablemessage.service.admin.cause;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.cause.CauseTrendView.CauseSeries;
import io.reliablemessage.adminapi.cause.CauseTrendView.RemainingCauses;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.admin.cause.CauseStore.Selection;
import io.reliablemessage.service.platform.database.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the causes with the most failures in a window, and when they occurred, from the kept counts. */
@Component
class CauseTrendStore {

    private static final int MAX_LINES = 8;

    // Reads the index once: one row per cause and bucket, however many deliveries ended. Causes without a line of
    // their own are added up to one more line.
    private static final SqlTemplate READ = new SqlTemplate("""
            WITH ended AS MATERIALIZED (
                SELECT t.cause_id, floor(extract(EPOCH FROM t.at) / :step) - :first AS bucket, sum(t.died) AS died
                  FROM cause_trend t
                 WHERE t.minutes = :minutes AND t.at >= to_timestamp(:first * :step)
                 GROUP BY 1, 2
            ), total AS MATERIALIZED (
                SELECT c.id, c.kind, c.topic, c.subscription, c.fingerprint, e.died,
                       row_number() OVER (ORDER BY e.died DESC, c.id) AS place
                  FROM (SELECT cause_id, sum(died) AS died FROM ended GROUP BY cause_id) e
                  JOIN cause c ON c.id = e.cause_id
                 WHERE true{conditions}
            ), line AS (
                SELECT LEAST(t.place, :lines + 1) AS place, e.bucket, sum(e.died) AS died
                  FROM total t JOIN ended e ON e.cause_id = t.id
                 GROUP BY 1, 2
            )
            SELECT l.place, array_agg(l.bucket::integer) AS buckets, array_agg(l.died::bigint) AS counts,
                   (SELECT count(*) - :lines FROM total) AS others, t.*
              FROM line l JOIN total t ON t.place = l.place
             GROUP BY l.place, t.id, t.kind, t.topic, t.subscription, t.fingerprint, t.died, t.place
             ORDER BY l.place
            """);

    private static final String NOW = "SELECT floor(extract(EPOCH FROM now()) / :step)::bigint";

    private final JdbcClient jdbc;
    private final CauseCounts counts;

    CauseTrendStore(JdbcClient jdbc, CauseCounts counts) {
        this.jdbc = jdbc;
        this.counts = counts;
    }

    /** Everything committed before is counted. */
    CauseTrendView read(Selection selection) {
        counts.fold();
        var resolution = selection.resolution();
        var step = resolution.step().toSeconds();
        var first = jdbc.sql(NOW).param("step", step).query(Long.class).single() - resolution.buckets() + 1;
        var lines = jdbc.sql(READ.with("conditions", selection.about()).sql())
                .params(selection.parameters())
                .param("step", step)
                .param("first", first)
                .param("minutes", resolution.minutes())
                .param("lines", MAX_LINES)
                .query((row, number) -> line(row, resolution.buckets()))
                .list();
        var at = IntStream.range(0, resolution.buckets())
                .mapToObj(bucket -> Instant.ofEpochSecond((first + bucket) * step))
                .toList();
        return new CauseTrendView(
                resolution.step(),
                at,
                lines.stream().flatMap(line -> Stream.ofNullable(line.cause)).toList(),
                lines.stream()
                        .flatMap(line -> Stream.ofNullable(line.others))
                        .findFirst()
                        .orElse(null));
    }

    /** One of the two is there. */
    private record Line(
            @Nullable CauseSeries cause, @Nullable RemainingCauses others) {}

    private static Line line(ResultSet row, int buckets) throws SQLException {
        var died = counts(row, buckets);
        return row.getInt("place") <= MAX_LINES
                ? new Line(series(row, died), null)
                : new Line(null, new RemainingCauses(row.getInt("others"), sum(died), boxed(died)));
    }

    private static long[] counts(ResultSet row, int buckets) throws SQLException {
        var counts = new long[buckets];
        var places = (Integer[]) row.getArray("buckets").getArray();
        var died = (Long[]) row.getArray("counts").getArray();
        for (var place = 0; place < places.length; place++) {
            counts[Math.min(places[place], buckets - 1)] += died[place]; // another bucket may have begun meanwhile
        }
        return counts;
    }

    private static CauseSeries series(ResultSet row, long[] died) throws SQLException {
        var kind = CauseKind.valueOf(row.getString("kind"));
        return new CauseSeries(
                row.getString("id"),
                kind,
                kind == CauseKind.REJECTED ? DeliveryState.REJECTED : DeliveryState.DEAD,
                row.getString("topic"),
                row.getString("subscription"),
                row.getString("fingerprint"),
                sum(died),
                boxed(died));
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
